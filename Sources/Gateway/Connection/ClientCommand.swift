import FleetModel
import NIOCore

/// One message of a client's.
struct ClientMessage {
    let command: ClientCommand
    /// Answers that refuse it say so.
    let id: String?

    /// - Throws: `CommandFault`, to be told to the client.
    init(_ text: ByteBuffer) throws(CommandFault) {
        let object: JSONObject
        do {
            object = try JSONObject(text)
        } catch {
            throw CommandFault(error)
        }
        id = object.string("message_id").map { $0.cut(toBytes: EnvelopeHeader.maximumIDLength) }
        do throws(CommandFault) {
            command = try ClientCommand(object)
        } catch {
            throw error.about(id)
        }
    }
}

/// What a client asked for.
enum ClientCommand {
    case subscribe([RoomName])
    case unsubscribe([RoomName])
    case ping
    case pong
    /// nil for an id that no message has.
    case ack(messageID: String?)
    /// Back into a room of which everything up to the position was read.
    case resume(RoomName, from: StreamPosition)
    case publish(Publication)
    /// A fresh token in place of the one it came with.
    case authenticate(String)

    /// Rooms named in one message; a connection cannot be in more anyway.
    static let maximumListLength = 256

    fileprivate init(_ object: JSONObject) throws(CommandFault) {
        guard let eventType = object.string("event_type") else {
            throw CommandFault(.unknownEventType, "event_type is missing or not a string")
        }
        switch eventType {
        case "subscribe": self = .subscribe(try Self.rooms(object))
        case "unsubscribe": self = .unsubscribe(try Self.rooms(object))
        case "ping": self = .ping
        case "pong": self = .pong
        case "ack": self = .ack(messageID: object.object("data")?.string("message_id"))
        case "resume": self = try Self.resume(object)
        case "publish": self = .publish(try Publication(object))
        case "auth": self = .authenticate(try Self.token(object))
        default:
            throw CommandFault(.unknownEventType, "unknown event_type '\(CommandFault.excerpt(eventType))'")
        }
    }

    private static func resume(_ object: JSONObject) throws(CommandFault) -> ClientCommand {
        guard let data = object.object("data"), let name = data.string("room"), let epoch = data.string("epoch"),
            let offset = data.string("offset").flatMap({ StreamOffset($0) })
        else {
            throw CommandFault(.invalidData, "data must hold room, offset and epoch as the gateway told them")
        }
        return .resume(try room(name), from: StreamPosition(epoch: epoch, offset: offset))
    }

    private static func rooms(_ object: JSONObject) throws(CommandFault) -> [RoomName] {
        guard let names = object.object("data")?.strings("events") else {
            throw CommandFault(.invalidData, "data.events must be an array of room names")
        }
        guard names.count <= maximumListLength else {
            throw CommandFault(.tooManyRooms, "data.events has \(names.count) rooms; \(maximumListLength) are allowed")
        }
        var rooms: [RoomName] = []
        for name in names {
            guard let name else { throw CommandFault(.invalidData, "data.events must hold strings only") }
            rooms.append(try room(name))
        }
        return rooms
    }

    private static func room(_ name: String) throws(CommandFault) -> RoomName {
        guard let room = RoomName(name) else {
            throw CommandFault(
                .invalidRoom,
                "'\(CommandFault.excerpt(name))' is no room name: 1 to 128 of A-Za-z0-9:_.- are allowed")
        }
        return room
    }
}

/// Why a client's message was not acted on; the connection stays.
struct CommandFault: Error, Equatable {
    enum Code: String {
        case malformedJSON = "malformed_json"
        case notAnObject = "not_an_object"
        case unknownEventType = "unknown_event_type"
        case invalidData = "invalid_data"
        case invalidRoom = "invalid_room"
        case tooManyRooms = "too_many_rooms"
        case unauthorized
        case forbidden
        case notSupported = "not_supported"
        case rateLimited = "rate_limited"
        case overloaded
        /// An operator holds the room to a rate; publishing less is right.
        case throttled
        case alreadyJoined = "already_joined"
        /// Redis cannot be asked, or did not answer; trying again is right.
        case unavailable
    }

    var code: Code
    var message: String
    /// Of the message that is at fault, where it had one.
    var messageID: String?

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ fault: JSONFault) {
        switch fault {
        case .malformed(let offset): self.init(.malformedJSON, "the message is not JSON: look at byte \(offset)")
        case .notAnObject: self.init(.notAnObject, "the message must be a JSON object")
        case .tooDeep:
            self.init(.malformedJSON, "the message is nested deeper than \(JSONScanner.maximumDepth) levels")
        }
    }

    func about(_ messageID: String?) -> CommandFault {
        var fault = self
        fault.messageID = fault.messageID ?? messageID
        return fault
    }

    /// Enough of a client's text to recognise it by.
    static func excerpt(_ text: String) -> String {
        text.utf8.count > 64 ? text.cut(toBytes: 64) + "…" : text
    }
}

extension String {
    /// As many scalars from the beginning as fit: one character can be of any number of bytes.
    fileprivate func cut(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var bytes = 0
        return String(
            UnicodeScalarView(
                unicodeScalars.prefix { scalar in
                    bytes += UTF8.width(scalar)
                    return bytes <= limit
                }))
    }
}
