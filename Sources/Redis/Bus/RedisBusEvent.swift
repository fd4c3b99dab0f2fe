import NIOCore

/// What a `RedisBus` tells.
package enum RedisBusEvent: Sendable {
    /// Commands and Pub/Sub both work, and every channel subscribed before is subscribed again.
    case connected
    /// One of the two does not work; once an outage, and also when Redis is not there at the start.
    case lost(reason: String)
    /// Messages of the channel arrive from here on. Follows each `subscribe` (one may answer several) and each
    /// reconnection, unless the channel is unsubscribed before.
    case confirmed(channel: String)
    /// A message; also of a channel whose `unsubscribe` Redis has not yet seen.
    case message(channel: String, payload: ByteBuffer)
}
