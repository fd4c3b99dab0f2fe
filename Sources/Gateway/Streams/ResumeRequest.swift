import FleetModel

/// One client that comes back to a room and says how far it had read it.
struct ResumeRequest: Sendable {
    let shard: LoopShard
    /// Where the shard keeps the client, and under which number it waits there.
    let slot: Int32
    let ticket: UInt32
    /// Of the client's request.
    let messageID: String?
    let room: RoomName
    let position: StreamPosition
}

/// What becomes of a client that resumed.
enum ResumeAnswer: Sendable {
    /// Everything that it missed, in order; what is delivered from here on follows.
    case recovered([Delivery])
    /// It may have missed messages; what is delivered from here on follows the position.
    case lost(StreamLoss, at: StreamPosition)
    /// The stream cannot be asked; the client may try again.
    case unavailable
}
