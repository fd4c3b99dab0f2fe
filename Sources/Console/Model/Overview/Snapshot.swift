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
        let connections = totals.connections
        let figures = members.compactMap { id in
            fleet.workers[id].map { WorkerFigures($0, fleetConnections: connections) }
        }
        rows = Self.rows(figures, at: now, after: earlier)
        resilience = FleetResilience(of: rows)
        health = FleetHealth(rows: rows, totals: totals)
        drains = rows.filter { $0.figures.sample?.drain != nil }
        largestShare = max(rows.lazy.compactMap(\.figures.share).max() ?? 1, 0.001)
        longestName = rows.lazy.map(\.figures.name.columnWidth).max() ?? 0
        let isFresh = earlier?.rooms.isFresh(at: now, workers: rows.count) ?? false
        rooms = (isFresh ? earlier?.rooms : nil) ?? RoomOverview(of: fleet, rows: rows, at: now)
    }

    func row(of id: WorkerID) -> WorkerRow? { rows.first { $0.figures.id == id } }

    /// Both the figures and the earlier rows are in the order of names, so that one pass over each finds the pairs.
    private static func rows(_ figures: [WorkerFigures], at now: UnixTime, after earlier: Snapshot?) -> [WorkerRow] {
        let mean = meanConnections(figures)
        var rest = (earlier?.rows ?? [])[...]
        return figures.map { figures in
            while let first = rest.first, first.figures.id != figures.id, first.figures.id < figures.id {
                rest.removeFirst()
            }
            let before = rest.first.flatMap { $0.figures.id == figures.id ? $0 : nil }
            let findings = WorkerCheck(figures: figures, meanConnections: mean, now: now).findings
            return WorkerRow(figures, findings: findings, after: before)
        }
    }

    /// Of the active workers; 0 when fewer than two are active, since one cannot be hotter than the others.
    private static func meanConnections(_ figures: [WorkerFigures]) -> Double {
        var (connections, active) = (0, 0)
        for figures in figures where figures.link == .live && figures.sample?.state == .active {
            connections += figures.sample?.connections ?? 0
            active += 1
        }
        return active > 1 ? Double(connections) / Double(active) : 0
    }
}
