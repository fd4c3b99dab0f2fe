import FleetModel

/// One line of `GET /v1/connections`.
package struct ConnectionInfo: Sendable, Equatable, Codable {
    package var connectionID: String
    package var userID: String?
    package var role: String?
    package var remoteAddress: String
    package var connectedAt: UnixTime
    package var lastHeardAt: UnixTime
    package var rooms: [RoomName]
    package var queueBytes: ByteCount
    /// Messages that wait outside the socket; those within are counted by their bytes only.
    package var queueMessages: Int
    package var heartbeat: ConnectionHeartbeat

    package init(
        connectionID: String, userID: String?, role: String?, remoteAddress: String, connectedAt: UnixTime,
        lastHeardAt: UnixTime, rooms: [RoomName], queueBytes: ByteCount, queueMessages: Int = 0,
        heartbeat: ConnectionHeartbeat = ConnectionHeartbeat()
    ) {
        self.connectionID = connectionID
        self.userID = userID
        self.role = role
        self.remoteAddress = remoteAddress
        self.connectedAt = connectedAt
        self.lastHeardAt = lastHeardAt
        self.rooms = rooms
        self.queueBytes = queueBytes
        self.queueMessages = queueMessages
        self.heartbeat = heartbeat
    }

    private enum CodingKeys: String, CodingKey {
        case role, rooms, heartbeat
        case connectionID = "connection_id"
        case userID = "user_id"
        case remoteAddress = "remote_address"
        case connectedAt = "connected_at"
        case lastHeardAt = "last_heard_at"
        case queueBytes = "queue_bytes"
        case queueMessages = "queue_messages"
    }
}

/// How a client's heartbeat stands.
package struct ConnectionHeartbeat: Sendable, Equatable, Codable {
    /// When it is looked at next, unless it is heard before: it is pinged then, or, where it was pinged or takes
    /// nothing, given up. nil for a client that is leaving.
    package var dueAt: UnixTime?
    /// When it was pinged; nil where no answer is outstanding.
    package var pingedAt: UnixTime?
    /// Since when it takes less than it is sent; nil where it takes all.
    package var stalledSince: UnixTime?

    package init(dueAt: UnixTime? = nil, pingedAt: UnixTime? = nil, stalledSince: UnixTime? = nil) {
        self.dueAt = dueAt
        self.pingedAt = pingedAt
        self.stalledSince = stalledSince
    }

    private enum CodingKeys: String, CodingKey {
        case dueAt = "due_at"
        case pingedAt = "pinged_at"
        case stalledSince = "stalled_since"
    }
}
