import Foundation
import FleetModel
import NIOCore
import Testing
import WebSocket

@testable import Gateway

@Suite("A connection whose socket was reset before the worker looked at it")
struct BrokenSocketTests {
    @Test("a close frame that is answered after the reset ends it once, and its slot is not looked at again")
    func peerCloses() async throws {
        try await withBrokenClient { shard, connection in
            guard let room = RoomName("gov:alerts"), let context = connection.context else {
                Issue.record("the connection ended before the test")
                return
            }
            shard.deliver(Self.delivery("m", to: room, sequence: shard.lastSequence + 1))
            let close = FrameEncoder.frame(.close, ByteBuffer(bytes: [3, 232]), mask: MaskingKey(1, 2, 3, 4))
            connection.channelRead(context: context, data: NIOAny(close))
            #expect(connection.phase == .closed && shard.connectionCount == 0)
            shard.advance(to: .now() + .seconds(60))
        }
    }

    @Test("a ping that meets the reset ends it, and its slot is not looked at again")
    func ping() async throws {
        try await withBrokenClient { shard, connection in
            shard.advance(to: .now() + .seconds(3_600))
            #expect(connection.phase == .closed && shard.connectionCount == 0)
            shard.advance(to: .now() + .seconds(7_200))
        }
    }

    /// Runs `body` on the loop of a connection that its client has reset, which the loop has not noticed.
    private func withBrokenClient(_ body: @escaping @Sendable (LoopShard, Connection) -> Void) async throws {
        try await TestWorker.run { worker in
            let (client, _) = try await TestClient.open(port: worker.port)
            try await client.subscribe("gov:alerts")
            let shard = worker.plane.shards[0]
            let options = try #require(client.channel as? any SocketOptionProvider)
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
            try await shard.loop.submit {
                guard let connection = shard.connections.compactMap({ $0 }).first else {
                    Issue.record("no connection")
                    return
                }
                // The loop sees nothing of it while it waits here.
                let isReset = DispatchSemaphore(value: 0)
                client.channel.close().whenComplete { _ in isReset.signal() }
                isReset.wait()
                body(shard, connection)
            }.get()
        }
    }

    private static func delivery(_ id: String, to room: RoomName, sequence: UInt64) -> Delivery {
        Delivery(
            frame: FrameEncoder.frame(.text, ByteBuffer(string: ExactlyOnceTests.envelope(id))),
            audience: Audience(room: room), sequence: sequence, criticality: .critical, publishedAt: .now(),
            messageID: id)
    }
}
