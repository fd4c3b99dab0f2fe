import FleetModel
import NIOCore

/// What the gateway reads of a published envelope; everything else passes through as it came.
struct EnvelopeHeader: Equatable {
    var eventType: String?
    var messageID: String?
    var topic: RoomName?
    var targetUser: String?
    var targetRole: String?
    var timestamp: UnixTime?

    /// Longer ids are refused: they are kept for a while to find duplicates.
    static let maximumIDLength = 128

    /// - Throws: `EnvelopeFault` when whom it is for is not clear; such a message is for nobody.
    init(_ object: JSONObject) throws(EnvelopeFault) {
        eventType = object.string("event_type")
        messageID = try Self.text("message_id", of: object)
        targetUser = try Self.text("target_user_id", of: object)
        targetRole = try Self.text("target_role", of: object)
        timestamp = object.string("timestamp").flatMap { UnixTime(rfc3339: $0) }
        if let topic = try Self.text("topic", of: object) {
            guard let room = RoomName(topic) else { throw .invalidField("topic") }
            self.topic = room
        }
    }

    /// An absent, null or empty field is nil, as GRUPO_GAD's gateway has it; a number counts as its digits.
    private static func text(_ key: String, of object: JSONObject) throws(EnvelopeFault) -> String? {
        guard !object.isAmbiguous(key) else { throw .invalidField(key) }
        guard let member = object[key], member.kind != .null else { return nil }
        guard let text = object.string(key) ?? object.number(key), text.utf8.count <= maximumIDLength else {
            throw .invalidField(key)
        }
        return text.isEmpty ? nil : text
    }
}

/// Why an envelope cannot be delivered.
enum EnvelopeFault: Error, Equatable {
    case notUTF8
    case notAnObject
    case invalidField(String)
    /// The channel and the envelope name different users or roles.
    case contradiction
}
