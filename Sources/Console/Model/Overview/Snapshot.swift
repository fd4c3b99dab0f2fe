import FleetModel

/// Everything the overview shows of a fleet at one moment, derived once a tick from all workers, shown or not.
package struct Snapshot: Sendable {
    package private(set) var time: UnixTime
    /// In the order of the workers' names.
    package private(set) var rows: [WorkerRow] = []
    package private(set) var rooms: [RoomRow] = []
    package private(set) var health: FleetHealth
    private(set) var totals: FleetTotals
    private(set) var p50: Duration?
    private(set) var p95: Duration?
    private(set) var p99: Duration?
    private(set) var outHistory: [Double] = []
    /// Workers that can take clients; the columns of the heat table come from here.
    private(set) var liveWorkers: [WorkerID] = []

    /// Columns that the longest name of a worker takes.
    private(set) var longestName = 0

    /// More rooms than any screen has lines for; the sum over all workers needs no more.
    static let maximumRooms = 64

    init(of fleet: Fleet, at now: UnixTime, after earlier: Snapshot?) {
        time = now
        totals = fleet.totals
        health = FleetHealth(rows: [], totals: totals)
        outHistory = fleet.outHistory
        p50 = totals.latency.quantile(0.50)
        p95 = totals.latency.quantile(0.95)
        p99 = totals.latency.quantile(0.99)
        rows = fleet.ordered.map { WorkerRow($0, fleetConnections: totals.connections) }
        longestName = rows.lazy.map(\.name.columnWidth).max() ?? 0
        liveWorkers = rows.filter { $0.link == .live }.map(\.id)
        judge()
        if let earlier { markChanges(since: earlier) }
        gatherRooms(of: fleet)
    }

    func row(of id: WorkerID) -> WorkerRow? { rows.first { $0.id == id } }

    /// Rows of workers that are or have been drained, in the order of their names.
    var drains: [WorkerRow] { rows.filter { $0.sample?.drain != nil } }

    private mutating func judge() {
        let active = rows.filter { $0.link == .live && $0.sample?.state == .active }
        let connections = active.reduce(0) { $0 + ($1.sample?.connections ?? 0) }
        let mean = active.count > 1 ? Double(connections) / Double(active.count) : 0
        for index in rows.indices {
            rows[index].findings = WorkerCheck(row: rows[index], meanConnections: mean, now: time).findings
        }
        health = FleetHealth(rows: rows, totals: totals)
    }

    /// Both lists are in the order of names, so that one pass over each is enough.
    private mutating func markChanges(since earlier: Snapshot) {
        var rest = earlier.rows[...]
        for index in rows.indices {
            while let first = rest.first, first.id < rows[index].id { rest.removeFirst() }
            if let before = rest.first, before.id == rows[index].id { rows[index].markChanges(since: before) }
        }
    }

    private mutating func gatherRooms(of fleet: Fleet) {
        let full = rows.filter { ($0.sample?.topRooms.count ?? 0) >= WorkerSample.maximumTopRooms && !$0.isStale }
        let fullLists = Set(full.map(\.id))
        let count = liveWorkers.count
        rooms = fleet.topRooms(limit: Self.maximumRooms).map {
            RoomRow($0, workers: count, fullLists: fullLists)
        }
    }
}
