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
        let tally = census.tally(of: spread)
        isLowerBound = tally.partial < census.partial
        skew = tally.activePartial < census.activePartial ? nil : tally.skew(over: census.active)
    }

    package var room: RoomName { spread.room }
    var criticality: Criticality { spread.criticality }
    var total: Int { spread.total }
    var connections: [WorkerID: Int] { spread.connections }
    /// What each of the workers that take clients would hold of an even room.
    var even: Double { Double(total) / Double(max(census.active, 1)) }
    var isUneven: Bool { total >= HealthLimits.leastConnections && skew ?? 0 > HealthLimits.roomSkew }

    /// In at most six characters.
    var skewWords: SafeText {
        guard let skew else { return "?" }
        return skew < 99.995 ? Figures.signedPercent(skew) : "+\(Figures.whole(skew / 10))k%"
    }

    /// Whether it is not known what a worker holds of it.
    func isUnknown(_ worker: WorkerID) -> Bool {
        spread.connections[worker] == nil && census.isPartial(worker)
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
    private struct Standing: OptionSet {
        let rawValue: Int
        /// It takes clients; one that is drained would make every room uneven.
        static let active = Standing(rawValue: 1 << 0)
        /// It did not tell of all rooms: what it does not name it may hold all the same.
        static let partial = Standing(rawValue: 1 << 1)
    }

    private var standings: [WorkerID: Standing] = [:]
    /// How many workers are so.
    let active: Int
    let partial: Int
    let activePartial: Int

    init(active: [WorkerID], partial: [WorkerID]) {
        for worker in active { standings[worker, default: []].insert(.active) }
        for worker in partial { standings[worker, default: []].insert(.partial) }
        self.active = standings.values.count { $0.contains(.active) }
        self.partial = standings.values.count { $0.contains(.partial) }
        activePartial = standings.values.count { $0 == [.active, .partial] }
    }

    func isPartial(_ worker: WorkerID) -> Bool { standings[worker]?.contains(.partial) ?? false }

    /// What the workers that hold a room say of it together.
    struct Tally {
        /// Of those that did not tell all, how many tell of this room.
        fileprivate(set) var partial = 0
        fileprivate(set) var activePartial = 0
        /// Over the active workers.
        fileprivate(set) var sum = 0
        fileprivate(set) var most = 0

        func skew(over workers: Int) -> Double { sum > 0 ? Double(most) * Double(workers) / Double(sum) - 1 : 0 }
    }

    /// Looks each worker up once: with a thousand of them that is what a table of rooms costs.
    func tally(of spread: RoomSpread) -> Tally {
        var tally = Tally()
        for (worker, count) in spread.connections {
            guard let standing = standings[worker] else { continue }
            if standing.contains(.partial) { tally.partial += 1 }
            guard standing.contains(.active) else { continue }
            if standing.contains(.partial) { tally.activePartial += 1 }
            tally.sum += count
            tally.most = max(tally.most, count)
        }
        return tally
    }
}
