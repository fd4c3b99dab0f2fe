import FleetModel
import NIOCore
import NIOPosix
import Testing

@testable import Gateway

@Suite("Streams behind their circuit breaker")
struct GuardedLogTests {
    private let loop = MultiThreadedEventLoopGroup.singleton.any()

    @Test("messages that are refused one by one do not keep streams from being read, and failures do")
    func refusals() async throws {
        #expect(try await canRead(after: LogRefusal("not on enough replicas")))
        #expect(try await !canRead(after: MemoryCriticalLog.Away()))
    }

    private func canRead(after failure: any Error) async throws -> Bool {
        let breakers = BreakerBoard(policy: BreakerPolicy())
        let log = GuardedLog(log: FailingLog(failure: failure, loop: loop), breakers: breakers, loop: loop)
        let room = try #require(RoomName("gov:alerts"))
        for _ in 0..<20 {
            _ = try? await log.publish(ByteBuffer(), messageID: "m", to: room, StreamPolicy()).get()
        }
        return breakers.permits(.stream)
    }
}

private struct FailingLog: CriticalLog {
    let failure: any Error
    let loop: any EventLoop

    func publish(
        _: ByteBuffer, messageID _: String, to _: RoomName, _: StreamPolicy
    ) -> EventLoopFuture<StreamPublication> { loop.makeFailedFuture(failure) }

    func positions(of _: [RoomName], _: StreamPolicy) -> EventLoopFuture<[StreamPosition]> {
        loop.makeFailedFuture(failure)
    }

    func entries(of _: RoomName, from _: StreamOffset, limit _: Int) -> EventLoopFuture<StreamPage> {
        loop.makeFailedFuture(failure)
    }

    func remove(_: RoomName) -> EventLoopFuture<Void> { loop.makeFailedFuture(failure) }
}
