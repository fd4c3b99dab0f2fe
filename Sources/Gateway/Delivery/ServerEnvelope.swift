import FleetModel
import NIOCore
import WebSocket

/// Envelopes of the gateway's own, as frames ready to be written.
enum ServerEnvelope {
    /// - Parameter window: how long after a message a client can come back for it; zero where nothing is kept.
    static func acknowledgement(
        _ connection: Connection, worker: WorkerID, window: Duration, now: UnixTime, degraded: Bool
    ) -> ByteBuffer {
        var data = JSONFields()
        data.add("connection_id", connection.id.description)
        data.add("connected_at", connection.connectedAt.description)
        data.add("server_time", now.description)
        data.add("worker", worker.rawValue)
        data.add("resume_window_seconds", Int(window.components.seconds))
        data.add("user_id", connection.identity.userID)
        data.add("role", connection.identity.roles.first)
        if connection.identity.roles.count > 1 { data.add("roles", connection.identity.roles) }
        if degraded { data.add("degraded", true) }
        return frame("connection_ack", data, now)
    }

    /// - Parameters:
    ///   - rooms: those asked for; `total` counts all rooms of the connection.
    ///   - positions: where those with a stream stand: everything behind it will come.
    static func subscribed(
        _ rooms: [RoomName], total: Int, positions: [(room: RoomName, position: StreamPosition)] = [], now: UnixTime,
        degraded: Bool
    ) -> ByteBuffer {
        var data = JSONFields()
        data.add("rooms", rooms.map(\.rawValue))
        data.add("total", total)
        if !positions.isEmpty {
            var places = JSONFields()
            for (room, position) in positions { places.add(room.rawValue, fields(position)) }
            data.add("positions", places)
        }
        if degraded { data.add("degraded", true) }
        return frame("subscribed", data, now)
    }

    /// Answers `auth`: the token holds in place of the one before.
    static func authenticated(_ identity: Identity, now: UnixTime) -> ByteBuffer {
        var data = JSONFields()
        data.add("expires_at", identity.expiresAt?.description)
        data.add("roles", identity.roles)
        return frame("authenticated", data, now)
    }

    /// Rooms that the client was taken out of without asking for it.
    static func unsubscribed(_ rooms: [RoomName], reason: String, now: UnixTime) -> ByteBuffer {
        var data = JSONFields()
        data.add("rooms", rooms.map(\.rawValue))
        data.add("reason", reason)
        return frame("unsubscribed", data, now)
    }

    /// The token has ended; the client is closed when its grace has too.
    static func tokenExpiring(at end: UnixTime, grace: Duration, now: UnixTime) -> ByteBuffer {
        var data = JSONFields()
        data.add("expires_at", end.description)
        data.add("grace_seconds", Int(grace.inSeconds.rounded()))
        return frame("token_expiring", data, now)
    }

    /// - Parameter publication: where it is in its room's stream.
    static func published(
        _ messageID: String, _ publication: StreamPublication? = nil, now: UnixTime, degraded: Bool = false
    ) -> ByteBuffer {
        var data = publication.map { fields($0.position) } ?? JSONFields()
        data.add("message_id", messageID)
        if publication?.isDuplicate ?? false { data.add("duplicate", true) }
        if degraded { data.add("degraded", true) }
        return frame("published", data, now)
    }

    static func resumed(_ room: RoomName, _ result: ResumeResult, now: UnixTime) -> ByteBuffer {
        var data: JSONFields
        switch result {
        case .recovered(let count, let position):
            data = fields(position)
            data.add("recovered", true)
            data.add("count", count)
        case .lost(let loss, let position):
            data = fields(position)
            data.add("recovered", false)
            data.add("reason", loss.rawValue)
        }
        data.add("room", room.rawValue)
        return frame("resumed", data, now)
    }

    private static func fields(_ position: StreamPosition) -> JSONFields {
        var fields = JSONFields()
        fields.add("offset", position.offset.description)
        fields.add("epoch", position.epoch)
        return fields
    }

    static func reconnect(within delay: Duration, avoiding worker: WorkerID, now: UnixTime) -> ByteBuffer {
        var data = JSONFields()
        data.add("within_ms", Int(delay.wholeMilliseconds))
        data.add("avoid_worker", worker.rawValue)
        return frame("reconnect", data, now)
    }

    static func pong(now: UnixTime) -> ByteBuffer { frame("pong", JSONFields(), now) }

    static func error(_ fault: CommandFault, now: UnixTime) -> ByteBuffer {
        var data = JSONFields()
        data.add("code", fault.code.rawValue)
        data.add("message", fault.message)
        data.add("message_id", fault.messageID)
        return frame("error", data, now)
    }

    private static func frame(_ eventType: String, _ data: JSONFields, _ now: UnixTime) -> ByteBuffer {
        var envelope = JSONFields()
        envelope.add("event_type", eventType)
        envelope.add("data", data)
        envelope.add("timestamp", now.description)
        envelope.add("message_id", RandomID().description)
        return FrameEncoder.frame(.text, ByteBuffer(string: envelope.text))
    }
}

/// What a client is told of its resume.
enum ResumeResult {
    /// So many messages follow; the position is that before the first of them.
    case recovered(count: Int, after: StreamPosition)
    /// What follows is behind the position; what was before it may be missing.
    case lost(StreamLoss, at: StreamPosition)
}

/// Builds a small JSON object field by field; unset optional fields are left out.
struct JSONFields {
    private var fields = ""

    var text: String { "{" + fields + "}" }

    mutating func add(_ key: String, _ value: String?) {
        if let value { add(key, json: JSONString.quoted(value)) }
    }

    mutating func add(_ key: String, _ value: Int) { add(key, json: String(value)) }
    mutating func add(_ key: String, _ value: Bool) { add(key, json: value ? "true" : "false") }
    mutating func add(_ key: String, _ value: JSONFields) { add(key, json: value.text) }

    mutating func add(_ key: String, _ values: [String]) {
        add(key, json: "[" + values.map(JSONString.quoted).joined(separator: ",") + "]")
    }

    private mutating func add(_ key: String, json: String) {
        if !fields.isEmpty { fields += "," }
        fields += "\"" + key + "\":" + json
    }
}
