/// Something that a Sentinel announced: its channel and its words. Source: redis.io, "High availability with Redis
/// Sentinel", Pub/Sub messages.
package struct SentinelAnnouncement: Sendable, Equatable {
    package var sentinel: RedisAddress
    /// Such as `+switch-master`.
    package var name: String
    package var words: String
}

/// What one Sentinel answered to several commands.
struct SentinelAnswers: Sendable {
    var sentinel: RedisAddress
    /// Empty when nobody talks to the Sentinels.
    var replies: [Result<RESPValue, RedisError>]
}

/// What one Sentinel says of the primary, of its replicas, and of itself.
package struct SentinelFacts: Sendable, Equatable {
    package var sentinel: RedisAddress
    /// Why it does not answer; nil when it does.
    package var failure: String?
    /// The fields of `SENTINEL MASTER`.
    package var master: [String: String] = [:]
    /// The fields of each line of `SENTINEL REPLICAS`.
    package var replicas: [[String: String]] = []
    /// `SENTINEL CKQUORUM`.
    package var hasQuorum = false
    package var quorumWords = ""
    /// `sentinel_tilt` of `INFO sentinel`.
    package var tilt = false

    static func questions(_ master: String) -> [[RESPArgument]] {
        [
            ["SENTINEL", "MASTER", .text(master)], ["SENTINEL", "REPLICAS", .text(master)],
            ["SENTINEL", "CKQUORUM", .text(master)], ["INFO", "sentinel"],
        ]
    }

    init(_ answers: SentinelAnswers) {
        sentinel = answers.sentinel
        guard answers.replies.count == 4 else {
            failure = "nobody is connected to it"
            return
        }
        switch answers.replies[0] {
        case .success(let reply): master = RedisFields.pairs(reply)
        case .failure(let error):
            failure = "\(error)"
            return
        }
        // Older Sentinels, and users without rights, answer less; what is missing shows as not known.
        replicas = ((try? answers.replies[1].get())?.array ?? []).map(RedisFields.pairs)
        switch answers.replies[2] {
        case .success(let reply): (hasQuorum, quorumWords) = (true, reply.text ?? "")
        case .failure(.refused(let words)): quorumWords = words
        case .failure(let error): quorumWords = "\(error)"
        }
        let info = (try? answers.replies[3].get())?.text ?? ""
        tilt = RedisFields.info(info)["sentinel_tilt"] == "1"
    }
}

/// Reads what Redis gives as names and values.
package enum RedisFields {
    /// An array of names and values in turns.
    static func pairs(_ reply: RESPValue) -> [String: String] {
        let texts = (reply.array ?? []).map { $0.text ?? "" }
        let pairs = stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
        return Dictionary(pairs) { $1 }
    }

    /// The text of `INFO`: a `name:value` a line.
    package static func info(_ text: String) -> [String: String] {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
        return Dictionary(lines.compactMap { pair(of: $0, around: ":") }) { $1 }
    }

    /// A value that holds several, as `ip=10.0.0.5,port=6379,state=online`.
    package static func list(_ value: String) -> [String: String] {
        Dictionary(value.split(separator: ",").compactMap { pair(of: $0, around: "=") }) { $1 }
    }

    /// A line of `CLIENT LIST`: a `name=value` a word.
    static func words(_ line: String) -> [String: String] {
        Dictionary(line.split(separator: " ").compactMap { pair(of: $0, around: "=") }) { $1 }
    }

    private static func pair(of text: Substring, around mark: Character) -> (String, String)? {
        let parts = text.split(separator: mark, maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
}

extension RedisTopology {
    /// What each Sentinel says now, in the order in which they were named. Empty where there are none.
    package func sentinelFacts() async -> [SentinelFacts] {
        guard let master else { return [] }
        return await askSentinels(SentinelFacts.questions(master)).map { SentinelFacts($0) }
    }

    /// Has one Sentinel that answers promote a replica though the primary may be well (`SENTINEL FAILOVER`).
    /// - Returns: the Sentinel that took the order.
    /// - Throws: `RedisError.refused` with the Sentinel's words, such as `INPROG …` and `NOGOODSLAVE …`.
    package func failOver() async throws(RedisError) -> RedisAddress {
        guard let master else { throw .refused("NOSENTINEL this Redis is not watched by Sentinels") }
        var last = RedisError.notConnected("no Sentinel is named")
        for (index, sentinel) in sentinelAddresses.enumerated() {
            switch await askSentinel(index, ["SENTINEL", "FAILOVER", .text(master)]) {
            case .success: return sentinel
            case .failure(.notConnected(let reason)): last = .notConnected(reason)
            // It may have been taken: asking another could begin a second one.
            case .failure(let error): throw error
            }
        }
        throw last
    }
}
