import FleetModel

/// A question that samples do not answer; asked of one worker or of many at once.
package enum FleetQuery: Sendable, Hashable, Codable {
    case rooms(RoomQuery)
    case connections(ConnectionQuery)
    case breakers
    case degradation
    case redis
    /// The primary in depth.
    case redisDetails
    /// Costs the primary a bounded SCAN: asked when the operator wants it, never by itself.
    case redisKeys(RedisKeyKind)
    case throttles
    case throttlePreview(RoomPattern)
    case audit(AuditQuery)
    /// How far an operator's message has gone.
    case acks(BroadcastID)
}

/// Which rooms, in which order; pages are asked for one after the other.
package struct RoomQuery: Sendable, Hashable, Codable {
    package typealias Order = RoomListOrder

    package var pattern: RoomPattern?
    package var order: Order
    /// The last room of the page before; for `Order.name` only.
    package var after: RoomName?
    package var limit: Int

    package init(
        pattern: RoomPattern? = nil, order: Order = .connections, after: RoomName? = nil,
        limit: Int = PageLimit.standard
    ) {
        self.pattern = pattern
        self.order = order
        self.after = after
        self.limit = limit
    }
}

/// Which connections, in which order.
package struct ConnectionQuery: Sendable, Hashable, Codable {
    package typealias Order = ConnectionListOrder

    package var room: RoomName?
    package var user: String?
    package var role: String?
    package var connection: String?
    package var order: Order
    package var cursor: String?
    package var limit: Int

    package init(
        room: RoomName? = nil, user: String? = nil, role: String? = nil, connection: String? = nil,
        order: Order = .connected, cursor: String? = nil, limit: Int = PageLimit.standard
    ) {
        self.room = room
        self.user = user
        self.role = role
        self.connection = connection
        self.order = order
        self.cursor = cursor
        self.limit = limit
    }
}

/// Which part of the audit.
package struct AuditQuery: Sendable, Hashable, Codable {
    /// Records older than this one; nil for the newest.
    package var before: String?
    package var limit: Int

    package init(before: String? = nil, limit: Int = PageLimit.standard) {
        self.before = before
        self.limit = limit
    }
}
