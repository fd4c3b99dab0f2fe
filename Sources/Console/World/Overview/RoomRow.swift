import FleetModel

/// One room as the heat table shows it.
package struct RoomRow: Sendable {
    private let spread: RoomSpread
    private let census: RoomCensus
    /// How far the fullest of the workers that take clients lies above their mean, 0.77 for 77%; nil where that is
    /// not known of all of them.
    let skew: Double?
    /// The total may miss some.
    let isLowerBound: Bool

    init(_ spread: RoomSpread, _ census: RoomCensus) {
        self.spread = spread
        self.census = census
        let known = census.known(of: spread)
        isLowerBound = known.partial < census.partial.count
        skew = known.activePartial < census.activePartial ? nil : spread.skew(over: census.active)
    }

    package var room: RoomName { spread.room }
    var criticality: Criticality { spread.criticality }
    var total: Int { spread.total }
    var connections: [WorkerID: Int] { spread.connections }
    /// What each of the workers that take clients would hold of an even room.
    var even: Double { Double(total) / Double(max(census.active.count, 1)) }
    var isUneven: Bool { total >= HealthLimits.leastConnections && skew ?? 0 > HealthLimits.roomSkew }

    /// Whether it is not known what a worker holds of it.
    func isUnknown(_ worker: WorkerID) -> Bool {
        spread.connections[worker] == nil && census.partial.contains(worker)
    }

    /// Cold up to the even part of the room, hot from half as much again, by how much a worker holds of it.
    func heat(of count: Int) -> Int {
        guard count > 0, even > 0 else { return 0 }
        switch Double(count) / even {
        case ..<0.5: return 0
        case ..<1.15: return 1
        case ..<1.5: return 2
        case ..<2: return 3
        case ..<3: return 4
        default: return 5
        }
    }
}

/// Against whom rooms are counted; the same for all rows of a table.
struct RoomCensus: Sendable {
    /// The workers that take clients; one that is drained would make every room uneven.
    let active: Set<WorkerID>
    /// Workers that did not tell of all rooms: what they do not name they may hold all the same.
    let partial: Set<WorkerID>
    let activePartial: Int

    init(active: [WorkerID], partial: [WorkerID]) {
        self.active = Set(active)
        self.partial = Set(partial)
        activePartial = Set(active).intersection(partial).count
    }

    /// How many of those that did not tell all tell of this room.
    fileprivate func known(of spread: RoomSpread) -> (partial: Int, activePartial: Int) {
        guard !partial.isEmpty else { return (0, 0) }
        var known = (partial: 0, activePartial: 0)
        for worker in spread.connections.keys where partial.contains(worker) {
            known.partial += 1
            if active.contains(worker) { known.activePartial += 1 }
        }
        return known
    }
}
