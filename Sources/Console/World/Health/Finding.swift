import FleetModel

/// One thing that is not as it should be, on one worker or in the fleet as a whole.
package struct Finding: Sendable, Equatable {
    /// What it is, in the order in which equally severe findings are told.
    package enum Kind: Int, Sendable, CaseIterable {
        case silence, closed, redis, stale, breaker, echo, roundTrip, degraded, dropping, latency, lag, storm, churn,
            descriptors, hot, errors
        case draining, starting, connecting
    }

    package let kind: Kind
    package let severity: Severity
    /// nil when the whole fleet is meant.
    package let worker: WorkerID?
    /// A word or two, as "hot worker".
    package let title: SafeText
    /// The figure behind it, as "1.8x the mean"; may be empty.
    package let detail: SafeText
    /// How bad it is beside others of its kind, in whatever unit its figure has.
    var weight = 0.0

    /// The finding where its worker is not named otherwise: "hot worker gw1-w2, 1.8x the mean".
    package var sentence: SafeText {
        HealthWords.sentence(title, worker, detail)
    }

    /// The finding in the row of its worker: "hot worker, 1.8x the mean".
    package var remark: SafeText { HealthWords.sentence(title, nil, detail) }
}

extension Finding: Comparable {
    /// Worst first: by severity, then by kind, then by the figure; equals in the order of the workers.
    package static func < (left: Self, right: Self) -> Bool {
        if left.severity != right.severity { return left.severity > right.severity }
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        if left.weight != right.weight { return left.weight > right.weight }
        guard let leftWorker = left.worker, let rightWorker = right.worker else { return left.worker == nil }
        return leftWorker < rightWorker
    }
}
