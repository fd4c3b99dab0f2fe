import FleetModel

/// How a fleet went over the last hours: what the charts are drawn from. Bounded; told once a tick.
package struct FleetCharts: Sendable {
    private(set) var points = ChartHistory<ChartPoint>(
        fine: (.seconds(1), fineLimit), coarse: (.seconds(10), coarseLimit))
    private(set) var latencies = ChartHistory<LatencyColumn>(
        fine: (latencyStep, latencyLimit), coarse: (.seconds(60), latencyCoarseLimit))
    var marks = ChartMarks()

    /// A quarter of an hour second by second: a deployment, or the minutes after an alert.
    static let fineLimit = 15 * 60
    /// Six hours before that in steps of ten seconds: a shift.
    static let coarseLimit = 6 * 360
    static let latencyStep: Duration = .seconds(5)
    /// Half an hour, and six hours by the minute.
    static let latencyLimit = 360
    static let latencyCoarseLimit = 360

    /// - Parameter latest: what all workers recorded since the tick before.
    mutating func tick(_ totals: FleetTotals, _ latest: LatencyHistogram, at now: UnixTime) {
        points.add(ChartPoint(totals, at: now))
        latencies.add(LatencyColumn(latest, at: now))
        marks.tick(at: now)
    }
}
