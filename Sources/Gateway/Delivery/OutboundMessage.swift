import FleetModel
import NIOCore

/// A message as it waits for clients: one frame, whatever number of them it is for.
struct OutboundMessage: Sendable {
    /// The whole WebSocket frame.
    var frame: ByteBuffer
    var criticality: Criticality
    /// When it was published, on this machine's steady clock.
    var publishedAt: NIODeadline
    /// Where its class coalesces: what a younger message must have as well to take its place.
    var coalesceKey: String?
    /// Where it is counted if the client it waits for misses it; nil for all but operators' messages.
    var missed: MissedCount?

    /// Bytes that keeping a message for a client takes beside the frame: its place in a lane and in the index of keys.
    static let overhead = 64

    /// What it counts for wherever bytes that wait are bounded.
    var cost: Int { frame.readableBytes + Self.overhead }
}

/// How many clients of one loop missed a message that was handed to them already.
// Sendable: touched on the loop of its shard only.
final class MissedCount: @unchecked Sendable {
    var count = 0
}

extension OutboundMessage {
    init(_ delivery: Delivery) {
        self.init(
            frame: delivery.frame, criticality: delivery.criticality, publishedAt: delivery.publishedAt,
            coalesceKey: delivery.coalesceKey)
    }
}
