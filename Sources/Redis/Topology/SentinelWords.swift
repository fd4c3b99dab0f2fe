/// What Sentinels say, taken apart. Source: redis.io, "High availability with Redis Sentinel", Pub/Sub messages.
enum SentinelWords {
    enum Announcement: Equatable {
        case switched(to: RedisAddress)
        /// A failover has come further.
        case step
    }

    private static let switchChannel = "+switch-master"
    /// The Sentinel that leads a failover says so when a replica was promoted, seconds before the failover is over.
    private static let stepChannels = ["+promoted-slave", "+failover-end"]
    static let channels = [switchChannel] + stepChannels

    /// - Returns: nil for what is about another primary.
    static func announcement(channel: String, message: String, master: String) -> Announcement? {
        let words = message.split(separator: " ")
        if channel == switchChannel {
            // NAME OLD-HOST OLD-PORT HOST PORT
            guard words.count == 5, words[0] == master, let port = Int(words[4]) else { return nil }
            return .switched(to: RedisAddress(host: String(words[3]), port: port))
        }
        // master NAME HOST PORT, or KIND ID HOST PORT @ NAME HOST PORT
        guard stepChannels.contains(channel), words.contains(master[...]) else { return nil }
        return .step
    }

    /// The answer to `SENTINEL get-master-addr-by-name`; nil when the Sentinel does not know the name.
    static func address(_ reply: RESPValue) -> RedisAddress? {
        guard let parts = reply.array, parts.count == 2, let host = parts[0].text, let port = parts[1].text,
            let number = Int(port)
        else { return nil }
        return RedisAddress(host: host, port: number)
    }

    /// The configuration epoch from the answer to `SENTINEL MASTER`, which is names and values in turns.
    static func epoch(_ reply: RESPValue) -> Int64? {
        let texts = (reply.array ?? []).map(\.text)
        guard let name = texts.firstIndex(of: "config-epoch"), name + 1 < texts.count else { return nil }
        return texts[name + 1].flatMap { Int64($0) }
    }
}
