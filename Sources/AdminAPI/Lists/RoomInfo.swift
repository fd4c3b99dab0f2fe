import FleetModel

/// One line of `GET /v1/rooms`.
package struct RoomInfo: Sendable, Equatable, Codable {
    package var room: RoomName
    package var criticality: Criticality
    @BoundedCount package var connections: Int

    package init(room: RoomName, criticality: Criticality, connections: Int) {
        self.room = room
        self.criticality = criticality
        self.connections = connections
    }

    private enum CodingKeys: String, CodingKey {
        case room, connections
        case criticality = "class"
    }
}
