import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("Messages on their way to a client that begins to wait")
struct LaneOrderTests {
    @Test("a message does not pass one of its class that was gathered before the client fell behind")
    func gathered() async throws {
        try await run { shard, connection, room in
            shard.deliver(Self.delivery("first", to: room, shard))
            connection.hold(Self.message("waits"))
            shard.deliver(Self.delivery("second", to: room, shard))
            shard.flush(shard.criticalTick, until: .distantFuture)
            shard.drain(connection)
        } check: { client, _ in
            let heard = try await client.envelopes(until: "waits").map(\.messageID)
            #expect(heard == ["first", "second", "waits"])
        }
    }

    @Test("a replay that is more than may wait for its client ends with the close frame")
    func overflowingReplay() async throws {
        try await run { shard, connection, room in
            connection.hold(Self.message("waits"))
            connection.replay((0..<5).map { Self.delivery("m\($0)", to: room, shard) })
            #expect(shard.counters.messagesOut.critical == 0)
        } check: { client, worker in
            let code = try await client.closeCode()
            #expect(code == .slow)
        }
    }

    private func run(
        _ act: @escaping @Sendable (LoopShard, Connection, RoomName) -> Void,
        check: (TestClient, TestWorker) async throws -> Void
    ) async throws {
        let room = try #require(RoomName("gov:alerts"))
        try await TestWorker.run(configure: { $0.policy.classes.critical.queueMessages = 3 }) { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("gov:alerts")
            let shard = worker.plane.shards[0]
            try await shard.loop.submit {
                guard let connection = shard.connections.compactMap({ $0 }).first else {
                    Issue.record("no connection")
                    return
                }
                act(shard, connection, room)
            }.get()
            try await check(client, worker)
        }
    }

    private static func frame(_ id: String) -> ByteBuffer {
        FrameEncoder.frame(.text, ByteBuffer(string: ExactlyOnceTests.envelope(id)))
    }

    private static func message(_ id: String) -> OutboundMessage {
        OutboundMessage(frame: frame(id), criticality: .bestEffort, publishedAt: .now(), coalesceKey: nil)
    }

    private static func delivery(_ id: String, to room: RoomName, _ shard: LoopShard) -> Delivery {
        Delivery(
            frame: frame(id), audience: Audience(room: room), sequence: shard.lastSequence + 1,
            criticality: .critical, publishedAt: .now(), messageID: id)
    }
}
