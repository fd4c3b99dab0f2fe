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
    /// The course of a failover, for whoever wants to tell of it.
    private static let courseChannels = [
        "+sdown", "-sdown", "+odown", "-odown", "+new-epoch", "+try-failover", "+vote-for-leader", "+elected-leader",
        "+failover-state-select-slave", "+selected-slave", "+failover-state-send-slaveof-noone",
        "+failover-state-wait-promotion", "+failover-state-reconf-slaves", "+slave-reconf-sent", "+slave-reconf-inprog",
        "+slave-reconf-done", "+failover-end-for-timeout", "-failover-abort-no-good-slave",
        "-failover-abort-not-elected", "-failover-abort-slave-timeout", "+slave", "+convert-to-slave", "+reboot",
        "+tilt", "-tilt",
    ]
    static let channels = [switchChannel] + stepChannels + courseChannels

    /// Whether an announcement concerns a primary; those that name none concern all.
    static func concerns(_ master: String, channel: String, message: String) -> Bool {
        let words = message.split(separator: " ")
        switch words.first {
        case "slave", "sentinel": return words.contains(master[...])
        case "master": return words.count > 1 && words[1] == master
        default: return channel != switchChannel || words.first == master[...]
        }
    }

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
