/// What the scripts answer, taken apart; anything else is `RedisError.unexpectedReply`.
extension StreamReceipt {
    init(_ reply: RESPValue) throws(RedisError) {
        guard let parts = reply.array, parts.count == 3, let offset = parts[0].text, let epoch = parts[1].text,
            let isRepeated = parts[2].integer
        else { throw .unexpectedReply(to: "publish.lua") }
        self.init(place: StreamPlace(epoch: epoch, offset: offset), isRepeated: isRepeated == 1)
    }
}

extension StreamPlace {
    /// - Parameter count: of the rooms that were asked for.
    static func places(_ reply: RESPValue, count: Int) throws(RedisError) -> [StreamPlace] {
        let texts = reply.array?.compactMap(\.text) ?? []
        guard texts.count == count * 2 else { throw .unexpectedReply(to: "position.lua") }
        return stride(from: 0, to: texts.count, by: 2).map { StreamPlace(epoch: texts[$0], offset: texts[$0 + 1]) }
    }
}

extension StreamExcerpt {
    init(_ reply: RESPValue) throws(RedisError) {
        guard let parts = reply.array, parts.count == 3, let entries = parts[1].array, let more = parts[2].integer
        else { throw .unexpectedReply(to: "entries.lua") }
        var records: [StreamRecord] = []
        records.reserveCapacity(entries.count)
        for entry in entries { records.append(try StreamRecord(entry)) }
        self.init(epoch: parts[0].text ?? "", records: records, hasMore: more == 1)
    }
}

extension StreamRecord {
    fileprivate init(_ entry: RESPValue) throws(RedisError) {
        guard let parts = entry.array, parts.count == 2, let offset = parts[0].text, let fields = parts[1].array
        else { throw .unexpectedReply(to: "entries.lua") }
        self.init(offset: offset, envelope: nil)
        if fields.count >= 2, fields[0].text == "m", case .bulk(let bytes) = fields[1] { envelope = bytes }
    }
}
