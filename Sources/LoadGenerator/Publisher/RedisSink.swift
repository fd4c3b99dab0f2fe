import FleetModel
import Logging
import NIOCore
import Redis

/// Publishes to the gateway's room channels by PUBLISH, pipelined.
final class RedisSink: PublishSink {
    private let client: RedisClient

    init(topology: RedisTopology, loop: any EventLoop, logger: Logger) {
        client = RedisClient(topology: topology, name: "gadload", logger: logger, eventLoop: loop)
    }

    /// Without a connection a message fails at once, and is counted.
    var isReady: Bool { true }

    func start() -> EventLoopFuture<Void> { client.start() }

    func stop() -> EventLoopFuture<Void> { client.shutdown() }

    func publish(_ envelope: String, id: String, to room: RoomName, outcome: @escaping (PublishOutcome) -> Void) {
        client.send(RESPCommand("PUBLISH", .text("gad:room:" + room.rawValue), .text(envelope)))
            .assumeIsolated()
            .whenComplete { outcome(Self.outcome($0)) }
    }

    private static func outcome(_ reply: Result<RESPValue, any Error>) -> PublishOutcome {
        switch reply {
        case .success(.integer(0)): .takenByNobody
        case .success: .taken
        case .failure: .unconfirmed
        }
    }
}
