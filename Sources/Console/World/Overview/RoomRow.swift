import FleetModel

/// One room as the heat table shows it.
package struct RoomRow: Sendable {
    package let room: RoomName
    let criticality: Criticality
    let total: Int
    let connections: [WorkerID: Int]
    /// How far the fullest of the workers that take clients lies above their mean, 0.77 for 77%; nil where that is
    /// not known of all of them.
    let skew: Double?
    /// What each of them would hold of an even room.
    let even: Double
    /// Workers whose list of rooms was full before it came to this one: what they hold of it is not known.
    let unknown: Set<WorkerID>

    /// - Parameters:
    ///   - active: the workers that take clients; one that is drained would make every room uneven.
    ///   - fullLists: the workers whose lists name only their largest rooms.
    init(_ spread: RoomSpread, active: [WorkerID], fullLists: [WorkerID]) {
        room = spread.room
        criticality = spread.criticality
        total = spread.total
        connections = spread.connections
        let unknown = Set(fullLists.filter { spread.connections[$0] == nil })
        self.unknown = unknown
        even = Double(spread.total) / Double(max(active.count, 1))
        skew = active.contains(where: unknown.contains) ? nil : spread.skew(over: active)
    }

    /// The total may miss some.
    var isLowerBound: Bool { !unknown.isEmpty }

    var isUneven: Bool { total >= HealthLimits.leastConnections && skew ?? 0 > HealthLimits.roomSkew }
}
