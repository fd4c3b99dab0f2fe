import FleetModel
import NIOCore

/// A way for messages to get to their rooms. Touched on the publisher's event loop only.
protocol PublishSink: AnyObject {
    /// Whether a message handed over would leave now; while not, the publisher waits instead of queueing.
    var isReady: Bool { get }
    /// How long confirmations are waited for at the end.
    var confirmationLimit: Duration { get }
    /// Publishes that were made again after a failure.
    var retries: UInt64 { get }
    /// - Parameter outcome: called once, on the event loop.
    func publish(_ envelope: String, id: String, to room: RoomName, outcome: @escaping (PublishOutcome) -> Void)
    func start() -> EventLoopFuture<Void>
    func stop() -> EventLoopFuture<Void>
}

extension PublishSink {
    var confirmationLimit: Duration { .seconds(5) }
    var retries: UInt64 { 0 }
}

enum PublishOutcome {
    case taken
    /// Redis has it, and nobody was subscribed.
    case takenByNobody
    /// It is not known to have been published, so nobody is expected to receive it.
    case unconfirmed
}
