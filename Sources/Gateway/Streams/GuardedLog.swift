import FleetModel
import NIOCore

/// The critical log behind its circuit breaker. Answers come on `loop`.
struct GuardedLog {
    /// The breaker refuses calls, because too many failed.
    struct Refused: Error {}

    let log: any CriticalLog
    let breakers: BreakerBoard
    let loop: any EventLoop

    func publish(
        _ payload: ByteBuffer, messageID: String, to room: RoomName, _ policy: StreamPolicy
    ) -> EventLoopFuture<StreamPublication> {
        call { log.publish(payload, messageID: messageID, to: room, policy) }
    }

    func positions(of rooms: [RoomName], _ policy: StreamPolicy) -> EventLoopFuture<[StreamPosition]> {
        call { log.positions(of: rooms, policy) }
    }

    func entries(of room: RoomName, from offset: StreamOffset, limit: Int) -> EventLoopFuture<StreamPage> {
        call { log.entries(of: room, from: offset, limit: limit) }
    }

    private func call<Value: Sendable>(_ body: () -> EventLoopFuture<Value>) -> EventLoopFuture<Value> {
        guard breakers.permits(.stream) else { return loop.makeFailedFuture(Refused()) }
        let answer = body().hop(to: loop)
        answer.whenComplete { [breakers] result in
            switch result {
            case .success, .failure(is LogRefusal): breakers.succeeded(.stream)
            case .failure(let error): breakers.failed(.stream, reason: "\(error)")
            }
        }
        return answer
    }
}
