import FleetModel

/// A room and how many are in it; also its place in the list of rooms, largest first, then by name.
struct RoomSize: Comparable, Sendable {
    var room: RoomName
    var connections: Int

    init(room: RoomName, connections: Int) {
        self.room = room
        self.connections = connections
    }

    /// - Returns: nil for text that `cursor` never is.
    init?(cursor: String) {
        let parts = cursor.split(separator: "@", maxSplits: 1)
        guard parts.count == 2, let connections = Int(parts[0]), let room = RoomName(String(parts[1])) else {
            return nil
        }
        self.init(room: room, connections: connections)
    }

    var cursor: String { "\(connections)@\(room)" }

    /// The first of the list.
    static func largest(_ limit: Int, of counts: [RoomName: Int]) -> [RoomSize] {
        var largest = Foremost<RoomSize>(limit)
        for (room, connections) in counts { largest.insert(RoomSize(room: room, connections: connections)) }
        return largest.elements
    }

    static func < (left: Self, right: Self) -> Bool {
        left.connections == right.connections ? left.room < right.room : left.connections > right.connections
    }
}
