/// The parts of the page of Redis, in the order in which Tab goes through them.
enum RedisTab: CaseIterable {
    case topology, clients, pubsub, slowlog, streams, keys, events

    func moved(by step: Int) -> RedisTab {
        let all = Self.allCases
        let index = all.firstIndex(of: self) ?? 0
        return all[(index + step + all.count) % all.count]
    }

    /// Shows what `GET /v1/redis/details` tells; the others do with `GET /v1/redis`.
    var needsDetails: Bool {
        switch self {
        case .clients, .pubsub, .slowlog, .streams: true
        case .topology, .keys, .events: false
        }
    }
}
