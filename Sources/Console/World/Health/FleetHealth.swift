import FleetModel

/// The one word an operator looks for first, and what stands behind it.
package struct FleetHealth: Sendable, Equatable {
    /// Worst first.
    package let findings: [Finding]
    /// False until the first worker has said how it is.
    package let isKnown: Bool

    init(rows: [WorkerRow], totals: FleetTotals) {
        isKnown = rows.contains { $0.figures.heard != nil }
        let redis = RedisHealth(of: rows)
        let ofFleet = [
            Self.emptiness(rows), Self.silence(rows), Self.closed(rows), redis.finding, Self.churn(totals),
        ]
        let ofWorkers = rows.lazy.flatMap { row in row.findings.filter { !redis.explains($0, of: row) } }
        findings = (ofFleet.compactMap { $0 } + ofWorkers).sorted()
    }

    package var severity: Severity { findings.first?.severity ?? .fine }

    /// How many findings ask for something to be done.
    package var troubles: Int { findings.count { $0.severity >= .warning } }

    package var word: SafeText {
        switch severity {
        case .fine, .notice: isKnown ? HealthWords.ok : HealthWords.wait
        case .warning: HealthWords.warning
        case .critical: HealthWords.critical
        }
    }

    private static func emptiness(_ rows: [WorkerRow]) -> Finding? {
        guard rows.isEmpty else { return nil }
        return Finding(kind: .connecting, severity: .notice, worker: nil, title: HealthWords.noWorkerYet, detail: "")
    }

    private static func silence(_ rows: [WorkerRow]) -> Finding? {
        guard !rows.isEmpty, rows.allSatisfy(\.isStale) else { return nil }
        let detail = HealthWords.allStale(rows.count)
        return Finding(
            kind: .silence, severity: .critical, worker: nil, title: HealthWords.noWorkerAnswers, detail: detail)
    }

    /// Workers that start are about to accept; those that do not answer are told as stale.
    private static func closed(_ rows: [WorkerRow]) -> Finding? {
        let states = rows.lazy.filter(\.isLive).compactMap { $0.sample?.state }
        guard !states.isEmpty, states.allSatisfy({ $0 != .active && $0 != .starting }) else { return nil }
        return Finding(
            kind: .closed, severity: .critical, worker: nil, title: HealthWords.noWorkerAccepts,
            detail: HealthWords.allDrained)
    }

    private static func churn(_ totals: FleetTotals) -> Finding? {
        let unplanned = totals.churnPerMinute - totals.plannedChurnPerMinute
        guard totals.connections + Int(clamping: totals.recentCloses) >= HealthLimits.leastConnections,
            unplanned > HealthLimits.churn
        else { return nil }
        let severity: Severity = unplanned > HealthLimits.churnStorm ? .critical : .warning
        return Finding(
            kind: .churn, severity: severity, worker: nil, title: HealthWords.fleetChurn,
            detail: HealthWords.unplanned(Figures.tenths(percent: unplanned)))
    }
}
