import FleetModel
import NIOCore

/// One message of a room's stream on its way to the room's members.
struct StreamMessage: Sendable, Equatable {
    var position: StreamPosition
    /// The entry before it; nil where that is not known.
    var previous: StreamOffset?
    /// The envelope: one that came over Pub/Sub says its own position, one that was read from the stream does not.
    var payload: ByteBuffer
    /// What was read of the envelope when it came over Pub/Sub; nil for one that was read from the stream.
    var header: EnvelopeHeader?

    /// The value of the member `stream` that clients find in the envelope.
    func stamp(of room: RoomName) -> String {
        var stamp = JSONFields()
        stamp.add("room", room.rawValue)
        stamp.add("offset", position.offset.description)
        stamp.add("epoch", position.epoch)
        stamp.add("prev", previous?.description)
        return stamp.text
    }
}

/// Where an envelope that came over Pub/Sub says that it stands in its room's stream.
struct StreamStamp: Equatable {
    /// The envelope's member.
    static let key = "stream"

    let position: StreamPosition
    let previous: StreamOffset

    /// - Returns: nil where the envelope says nothing about a stream.
    /// - Throws: `EnvelopeFault` where what it says cannot be, or is of another room.
    static func read(_ envelope: JSONObject, of room: RoomName) throws(EnvelopeFault) -> StreamStamp? {
        guard envelope[key] != nil else { return nil }
        guard !envelope.isAmbiguous(key), let fields = envelope.object(key), fields.string("room") == room.rawValue,
            let epoch = fields.string("epoch"), (1...EnvelopeHeader.maximumIDLength).contains(epoch.utf8.count),
            let offset = fields.string("offset").flatMap({ StreamOffset($0) }),
            let previous = fields.string("prev").flatMap({ StreamOffset($0) }), previous < offset
        else { throw .invalidField(key) }
        return StreamStamp(position: StreamPosition(epoch: epoch, offset: offset), previous: previous)
    }
}

/// Why a client may have missed messages of a room.
enum StreamLoss: String, Sendable, Equatable {
    /// More than one replay holds.
    case tooMany = "too_many"
    /// The stream does not reach back so far.
    case trimmed
    /// The stream was lost, and another has begun.
    case epochChanged = "epoch_changed"
    /// The stream could not be read for so long that what Pub/Sub brings goes on without it.
    case unreadable
}
