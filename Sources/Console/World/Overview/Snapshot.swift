import FleetModel

/// Everything the overview shows of a fleet at one moment, derived once a tick from all workers, shown or not.
package struct Snapshot: Sendable {
    package let time: UnixTime
    /// In the order of the workers' names.
    package let rows: [WorkerRow]
    package let rooms: RoomOverview
    package let health: FleetHealth
    let totals: FleetTotals
    let resilience: FleetResilience
    let p50: Duration?
    let p95: Duration?
    let p99: Duration?
    let outHistory: [Double]
    /// Rows of workers that are being drained or have been.
    let drains: [WorkerRow]
    /// What a full bar of shares stands for; never 0.
    let largestShare: Double
    /// Columns that the longest name of a worker takes.
    let longestName: Int

    /// - Parameter members: the workers of the fleet in the order of their names.
    init(of fleet: Fleet, members: [WorkerID], at now: UnixTime, after earlier: Snapshot?) {
        time = now
        totals = fleet.totals
        outHistory = fleet.outHistory
        p50 = totals.latency.quantile(0.50)
        p95 = totals.latency.quantile(0.95)
        p99 = totals.latency.quantile(0.99)
        rows = Self.rows(of: fleet, members, totals, at: now, after: earlier)
        resilience = FleetResilience(of: rows)
        health = FleetHealth(rows: rows, totals: totals)
        drains = rows.filter { $0.figures.heard?.value.drain != nil }
        largestShare = max(rows.lazy.compactMap(\.figures.share).max() ?? 1, 0.001)
        longestName = rows.lazy.map(\.nameWidth).max() ?? 0
        let isFresh = earlier?.rooms.isFresh(at: now, workers: rows.count) ?? false
        rooms = (isFresh ? earlier?.rooms : nil) ?? RoomOverview(of: fleet, rows: rows, at: now)
    }

    /// The workers that take clients.
    var activeWorkers: [WorkerID] { rows.filter { $0.isLive && $0.sample?.state == .active }.map(\.id) }

    func row(of id: WorkerID) -> WorkerRow? { rows.first { $0.figures.id == id } }

    /// Both the members and the earlier rows are in the order of names, so that one pass over each finds the pairs.
    private static func rows(
        of fleet: Fleet, _ members: [WorkerID], _ totals: FleetTotals, at now: UnixTime, after earlier: Snapshot?
    ) -> [WorkerRow] {
        let before = earlier?.rows ?? []
        var next = 0
        return members.compactMap { id in
            guard let record = fleet.workers[id] else { return nil }
            while next < before.count, before[next].id != id, before[next].id < id { next += 1 }
            return WorkerRow(
                WorkerFigures(record, of: totals), at: now,
                after: next < before.count && before[next].id == id ? before[next] : nil)
        }
    }
}
