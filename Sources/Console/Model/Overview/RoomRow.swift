import FleetModel

/// One room as the heat table shows it.
package struct RoomRow: Sendable {
    package let room: RoomName
    let criticality: Criticality
    let total: Int
    let connections: [WorkerID: Int]
    /// How far the fullest worker lies above the mean; 0.77 for 77%.
    let skew: Double
    /// True when a worker's list of rooms was full before it came to this one, so that the total may miss some.
    let isLowerBound: Bool

    init(_ spread: RoomSpread, workers: Int, fullLists: [WorkerID]) {
        room = spread.room
        criticality = spread.criticality
        total = spread.total
        connections = spread.connections
        skew = spread.skew(over: workers)
        isLowerBound = fullLists.contains { spread.connections[$0] == nil }
    }

    var isUneven: Bool { total >= HealthLimits.leastConnections && skew > HealthLimits.roomSkew }
}
