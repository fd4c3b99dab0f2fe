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
    static let latencyStep = LatencyFlow.step
    /// Half an hour, and six hours by the minute.
    static let latencyLimit = 360
    static let latencyCoarseLimit = 360

    /// - Parameter flow: what all workers recorded, step by step; a step that ended now is taken in.
    mutating func tick(_ totals: FleetTotals, _ flow: LatencyFlow, at now: UnixTime) {
        points.add(ChartPoint(totals, at: now))
        if flow.steppedAt == now { latencies.add(LatencyColumn(flow.latest, at: Self.latencyTime(now))) }
        marks.tick(at: now)
    }

    /// The last step of latencies that can be whole at a moment.
    static func latencyTime(_ now: UnixTime) -> UnixTime { now.advanced(by: .zero - latencyStep) }
}
