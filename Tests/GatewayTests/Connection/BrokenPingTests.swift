import NIOCore
import Testing

@testable import Gateway

@Suite("A ping that finds its client gone")
struct BrokenPingTests {
    /// Ends the channel with the next write, as a socket does whose peer has reset it.
    private final class Reset: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            context.close(promise: nil)
        }
    }

    @Test("takes it out, and the heartbeats of the others go on")
    func reset() async throws {
        try await TestWorker.run { worker in
            _ = try await TestClient.open(port: worker.port)
            let shard = worker.plane.shards[0]
            try await shard.loop.submit {
                let channel = shard.connections.compactMap { $0 }.first?.context?.channel
                try channel?.pipeline.syncOperations.addHandler(Reset(), position: .first)
                let silent = NIODeadline.now() + .minutes(10)
                shard.advance(to: silent)
                shard.advance(to: silent + .minutes(10))
            }.get()
            #expect(await worker.plane.connectionCount() == 0)
        }
    }
}
