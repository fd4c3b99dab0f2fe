import FleetModel
import NIOCore

/// Tells which messages are states of the same thing, so that for a client that is behind the latest is enough.
enum CoalesceKey {
    private static let field = "coalesce_key"
    /// A longer key is none: keys wait with their messages.
    static let maximumLength = 128

    /// `data.coalesce_key`, or the topic where that is not set, apart for each audience; nil for a message with
    /// neither.
    static func key(of payload: ByteBuffer, _ header: EnvelopeHeader, _ audience: Audience) -> String? {
        guard let key = named(payload) ?? (header.topic ?? audience.room)?.rawValue else { return nil }
        // A line end is in no name of a room, and the key comes last, so that different lists read differently.
        return [audience.room?.rawValue, audience.user, audience.role, key].map { $0 ?? "" }.joined(separator: "\n")
    }

    private static func named(_ payload: ByteBuffer) -> String? {
        // It was read before, for its header; one that is not an object has no key.
        guard let text = (try? JSONObject(payload))?.object("data")?.string(field) else { return nil }
        return text.isEmpty || text.utf8.count > maximumLength ? nil : text
    }
}
