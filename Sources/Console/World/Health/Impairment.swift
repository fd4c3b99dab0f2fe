import FleetModel

/// That a worker does less than all its work, as far as it says what and why.
struct Impairment: Sendable, Equatable {
    /// `normal` where nothing is left undone on purpose, and something else is not as it should be.
    let level: DegradationLevel
    /// On the worker's clock; nil where it does not say.
    let since: UnixTime?
    let reason: SafeText

    /// - Returns: nil for a worker that does all its work.
    init?(_ sample: WorkerSample) {
        if let report = sample.degradation {
            (level, since, reason) = (report.level, report.since, SafeText(report.reason))
        } else if let words = sample.degraded {
            (level, since, reason) = (.normal, nil, SafeText(words))
        } else {
            return nil
        }
    }

    var severity: Severity { level == .sheddingImportant ? .critical : .warning }
}
