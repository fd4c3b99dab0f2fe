import FleetModel
import NIOCore

/// One message on its way to the clients of a worker: encoded once, for all of them.
struct Delivery: Sendable {
    /// The whole WebSocket frame.
    var frame: ByteBuffer
    var audience: Audience
    /// Audiences that got the same message before.
    var served: [ServedAudience] = []
    /// Ascends with every delivery of the worker.
    var sequence: UInt64
    var criticality: Criticality
    /// When it was published, on this machine's steady clock.
    var publishedAt: NIODeadline
    /// Its place in the stream of its room; nil for what is not kept in one.
    var position: StreamPosition?
    var messageID: String?
    /// Set where its class coalesces; see `CoalesceKey`.
    var coalesceKey: String?
    /// An operator's message: it is followed, whatever its class.
    var isBroadcast = false

    /// Gives it its place in its room's stream, of which no message stands for another.
    mutating func place(at position: StreamPosition) {
        self.position = position
        coalesceKey = nil
    }
}
