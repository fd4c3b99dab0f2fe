import FleetModel

/// `GET /v1/redis/details`: the primary that a worker stands on, in depth.
///
/// A part that could not be had is nil, and `gaps` says why.
package struct RedisDetails: Sendable, Equatable, Codable {
    package var worker: WorkerID
    /// When it was put together, by the worker's clock.
    package var at: UnixTime
    /// `host:port` of the primary, as the worker connects to it; empty while it is not known.
    package var primary: String
    package var clients: RedisClients?
    package var pubsub: RedisPubSub?
    package var memory: RedisMemory?
    package var traffic: RedisTraffic?
    package var persistence: RedisPersistence?
    /// The latest first; at most `maximumSlowCommands`.
    package var slowlog: [RedisSlowCommand]?
    package var streams: RedisStreamList?
    package var gaps: [RedisGap]

    package init(worker: WorkerID, at: UnixTime, primary: String, gaps: [RedisGap] = []) {
        self.worker = worker
        self.at = at
        self.primary = primary
        self.gaps = gaps
    }

    package static let maximumSlowCommands = 16
}

/// Why a part of the details is missing, or is not the whole.
package struct RedisGap: Sendable, Equatable, Codable {
    package enum Part: String, Sendable, Codable, CaseIterable {
        /// All that `INFO` tells: clients, memory, traffic and persistence.
        case info
        case clients
        case pubsub
        case slowlog
        case streams
    }

    package var part: Part
    /// A sentence.
    package var reason: String

    package init(_ part: Part, _ reason: String) {
        self.part = part
        self.reason = reason
    }
}
