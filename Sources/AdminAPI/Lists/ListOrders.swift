import FleetModel

/// In which order `GET /v1/rooms` lists the rooms of a worker.
package enum RoomListOrder: String, Sendable, Hashable, CaseIterable, Codable {
    /// Largest first, then by name; each worker's own order.
    case connections
    /// The same on every worker, so that the lists of many can be merged exactly.
    case name
}

/// In which order `GET /v1/connections` lists the clients of a worker.
package enum ConnectionListOrder: String, Sendable, Hashable, CaseIterable, Codable {
    /// By connection id: no client comes twice or is left out while pages are read.
    case id
    /// The oldest first.
    case connected
    /// The largest queue first. Queues change while pages are read.
    case queue
    /// The longest unheard first. Who is heard while pages are read moves to the end.
    case heard
}

/// Which rooms of a worker are listed.
package enum RoomFilter: Sendable, Hashable {
    case all
    case prefix(String)
    case pattern(RoomPattern)

    package func includes(_ room: RoomName) -> Bool {
        switch self {
        case .all: true
        case .prefix(let prefix): room.rawValue.hasPrefix(prefix)
        case .pattern(let pattern): pattern.matches(room)
        }
    }
}
