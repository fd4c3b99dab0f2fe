import NIOCore

/// What Redis sends to a subscriber without being asked for it one by one (RESP2).
enum PubSubPush: Sendable, Equatable {
    case message(channel: String, payload: ByteBuffer)
    case subscribed(String)
    case unsubscribed(String)
    /// The answer to PING while something is subscribed.
    case pong
}
