import FleetModel

/// The words for what a worker does to hold out: degradation, breakers, drops.
enum ResilienceWords {
    /// What is left undone; empty at `normal`.
    static func level(_ level: DegradationLevel) -> SafeText {
        switch level {
        case .normal: ""
        case .samplingBestEffort: "samples best effort"
        case .sheddingBestEffort: "sheds best effort"
        case .sheddingImportant: "sheds important"
        }
    }

    /// The level in the place of the state "active", in as many columns; capitals where users are hurt.
    static func state(_ level: DegradationLevel) -> SafeText {
        switch level {
        case .normal: "degraded"
        case .samplingBestEffort: "sampling"
        case .sheddingBestEffort: "shedding"
        case .sheddingImportant: "SHEDDING"
        }
    }

    /// Few letters for a column; capitals for what hurts.
    static func state(_ state: BreakerState) -> SafeText {
        switch state {
        case .closed: "ok"
        case .halfOpen: "half"
        case .open: "OPEN"
        }
    }

    static func phrase(_ state: BreakerState) -> SafeText {
        switch state {
        case .closed: "closed"
        case .halfOpen: "half open"
        case .open: "open"
        }
    }

    /// "stream breaker", "publish, stream breakers".
    static func breakers(_ reports: [BreakerReport]) -> SafeText {
        names(reports) + (reports.count == 1 ? " breaker" : " breakers")
    }

    static func names(_ reports: [BreakerReport]) -> SafeText {
        SafeText(reports.map(\.name.rawValue).joined(separator: ", "))
    }

    static func criticality(_ criticality: Criticality) -> SafeText {
        switch criticality {
        case .critical: "critical"
        case .important: "important"
        case .bestEffort: "best effort"
        }
    }

    static func reason(_ reason: DropReason) -> SafeText {
        switch reason {
        case .queueFull: "client's queue full"
        case .coalesced: "coalesced"
        case .workerFull: "worker's queues full"
        case .intakeFull: "more than it can deliver"
        case .rate: "over the class's rate"
        case .degraded: "degraded"
        case .throttled: "throttled"
        }
    }
}
