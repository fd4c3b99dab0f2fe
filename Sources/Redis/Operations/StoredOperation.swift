/// An operation as Redis has it: the fields of its hash and its steps, as they were put there.
package struct StoredOperation: Sendable, Equatable {
    package var fields: [String: String]
    /// Oldest first.
    package var steps: [String]

    /// - Parameter reply: names and values in turns, as HGETALL gives them.
    init(fields reply: RESPValue, steps: RESPValue?) {
        let texts = (reply.array ?? []).map { $0.text ?? "" }
        fields = Dictionary(
            stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }, uniquingKeysWith: { $1 })
        self.steps = (steps?.array ?? []).compactMap(\.text)
    }
}

/// What came of a change to an operation.
package enum OperationReply: Sendable, Equatable {
    case done(StoredOperation)
    /// The safety lever is engaged.
    case safety
    /// The plan was carried out before.
    case used
    /// Redis knows no such operation.
    case missing
    /// It has come to its end, with this outcome.
    case ended(String)
    /// Another leads it by now.
    case fenced(leader: String)
    case running(Holder)

    /// Who leads what holds the lock, and for how long at least.
    package struct Holder: Sendable, Equatable {
        package var id: String
        package var leader: String
        package var origin: String
        package var kind: String
        package var lease: Duration
    }

    init(_ reply: RESPValue) throws(RedisError) {
        guard let parts = reply.array, let word = parts.first?.text else {
            throw .unexpectedReply(to: "an operation's script")
        }
        let texts = parts.map { $0.text ?? "" }
        switch (word, parts.count) {
        case ("started", 2): self = .done(StoredOperation(fields: parts[1], steps: nil))
        case ("ok", 3): self = .done(StoredOperation(fields: parts[1], steps: parts[2]))
        case ("safety", 1): self = .safety
        case ("used", 1): self = .used
        case ("missing", 1): self = .missing
        case ("ended", 2): self = .ended(texts[1])
        case ("fenced", 2): self = .fenced(leader: texts[1])
        case ("running", 6):
            self = .running(
                Holder(
                    id: texts[1], leader: texts[2], origin: texts[3], kind: texts[4],
                    lease: .milliseconds(parts[5].integer ?? 0)))
        default: throw .unexpectedReply(to: "an operation's script")
        }
    }
}
