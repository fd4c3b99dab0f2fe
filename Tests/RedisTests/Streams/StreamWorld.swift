import FleetModel
import NIOCore
import Redis
import TestSupport

/// Streams on a Redis of their own, and a client to look behind them.
struct StreamWorld {
    let server: RedisServer
    let streams: RedisStreams
    let client: RedisClient
    let room = RedisTests.room("gov:alerts")
    var keeping = StreamKeeping(
        maximumLength: 1_000, retention: .seconds(600), idempotencyWindow: .seconds(60), replicas: 0,
        replicaTimeout: .milliseconds(100))

    init() async throws {
        let server = try await RedisServer.started()
        try await self.init(server, RedisURL(server.url))
    }

    /// - Parameter url: how the streams reach the server.
    init(_ server: RedisServer, _ url: RedisURL) async throws {
        self.server = server
        client = try await startedClient(server)
        streams = RedisStreams(
            topology: RedisTopology(RedisTarget(url: url), name: "test", logger: quietLogger),
            name: "test-streams", logger: quietLogger,
            timeouts: RedisTimeouts(connect: .milliseconds(500), reply: .milliseconds(800), ping: .milliseconds(100)),
            backoff: Backoff(base: .milliseconds(20), cap: .milliseconds(200)))
        streams.start()
        try await awaitConnection()
    }

    func awaitConnection() async throws {
        try await eventually("the streams are connected") {
            // Fails while there is no connection.
            guard (try? await publish("{}", "probe", to: "probe")) != nil else { return false }
            return (try? await records()) != nil
        }
    }

    @discardableResult
    func publish(_ envelope: String, _ messageID: String, to name: String = "gov:alerts") async throws -> StreamReceipt
    {
        try await streams.publish(
            ByteBuffer(string: envelope), messageID: messageID, to: RedisTests.room(name), keeping
        ).get()
    }

    func place(_ name: String = "gov:alerts") async throws -> StreamPlace {
        try await streams.places(of: [RedisTests.room(name)], retention: keeping.retention).get()[0]
    }

    func records(from offset: String = "0-0", limit: Int = 100) async throws -> StreamExcerpt {
        try await streams.records(of: room, from: offset, limit: limit).get()
    }

    func shutDown() async throws {
        try await streams.shutdown().get()
        try await client.shutdown().get()
    }
}

func room(_ name: String) -> RoomName {
    guard let room = RoomName(name) else { preconditionFailure("\(name) is no room name") }
    return room
}
