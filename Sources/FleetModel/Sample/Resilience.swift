/// The calls to Redis that a circuit breaker guards.
package enum BreakerName: String, Sendable, Codable, CaseIterable {
    /// Publishing over Pub/Sub.
    case publish
    /// The registry of workers and connections.
    case registry
    /// Scripts and reads of streams.
    case stream
}

/// How one circuit breaker stands, and why.
package struct BreakerReport: Sendable, Equatable, Codable {
    package var name: BreakerName
    package var state: BreakerState
    /// When it went into this state.
    package var since: UnixTime
    /// The failure that opened it last, in words; nil when it never opened.
    package var reason: String?
    /// Since the worker's start.
    package var failuresTotal: UInt64
    /// Calls refused while it was open, since the worker's start.
    package var refusedTotal: UInt64
    /// nil while the breaker decides by itself.
    package var override: BreakerOverride?

    package init(
        name: BreakerName, state: BreakerState, since: UnixTime, reason: String?, failuresTotal: UInt64,
        refusedTotal: UInt64, override: BreakerOverride? = nil
    ) {
        self.override = override
        self.name = name
        self.state = state
        self.since = since
        self.reason = reason
        self.failuresTotal = failuresTotal
        self.refusedTotal = refusedTotal
    }

    private enum CodingKeys: String, CodingKey {
        case name, state, since, reason, override
        case failuresTotal = "failures_total"
        case refusedTotal = "refused_total"
    }
}

/// That an operator holds a circuit breaker open or closed.
package struct BreakerOverride: Sendable, Equatable, Codable {
    /// Open or closed.
    package var state: BreakerState
    package var by: String
    package var reason: String?
    package var until: UnixTime

    package init(state: BreakerState, by: String, reason: String?, until: UnixTime) {
        self.state = state
        self.by = by
        self.reason = reason
        self.until = until
    }
}

/// That a circuit breaker went into a state.
package struct BreakerTransition: Sendable, Equatable, Codable {
    package var time: UnixTime
    package var state: BreakerState
    /// The failure that opened it, in words; nil for the other states.
    package var reason: String?

    package init(time: UnixTime, state: BreakerState, reason: String?) {
        self.time = time
        self.state = state
        self.reason = reason
    }
}

/// How much of its less critical work a worker leaves undone to keep the rest on time, least first.
package enum DegradationLevel: String, Sendable, Codable, CaseIterable, Comparable {
    case normal
    /// One best-effort message in `DegradationPolicy.sampling` is delivered.
    case samplingBestEffort = "sampling_best_effort"
    case sheddingBestEffort = "shedding_best_effort"
    /// Best effort and important are shed; critical never is.
    case sheddingImportant = "shedding_important"

    package static func < (left: Self, right: Self) -> Bool { left.order < right.order }

    private var order: Int {
        switch self {
        case .normal: 0
        case .samplingBestEffort: 1
        case .sheddingBestEffort: 2
        case .sheddingImportant: 3
        }
    }
}

/// That a worker is degraded, since when, and what made it so.
package struct DegradationReport: Sendable, Equatable, Codable {
    package var level: DegradationLevel
    package var since: UnixTime
    /// In words for an operator: `loop lag 180 ms over 100 ms`.
    package var reason: String

    package init(level: DegradationLevel, since: UnixTime, reason: String) {
        self.level = level
        self.since = since
        self.reason = reason
    }
}

/// That clients connect much faster than they usually do.
package struct StormReport: Sendable, Equatable, Codable {
    package var since: UnixTime
    package var connectsPerSecond: Double
    package var baselinePerSecond: Double

    package init(since: UnixTime, connectsPerSecond: Double, baselinePerSecond: Double) {
        self.since = since
        self.connectsPerSecond = connectsPerSecond
        self.baselinePerSecond = baselinePerSecond
    }

    private enum CodingKeys: String, CodingKey {
        case since
        case connectsPerSecond = "connects_per_second"
        case baselinePerSecond = "baseline_per_second"
    }
}

/// Why a message did not reach a client that it was for.
package enum DropReason: String, Sendable, Codable, CaseIterable {
    /// The client's queue was full, and this message was the oldest in it.
    case queueFull = "queue_full"
    /// A younger message with the same key took its place.
    case coalesced
    /// The queues of all clients of the worker together were full.
    case workerFull = "worker_full"
    /// Messages arrived faster than the worker could deliver them.
    case intakeFull = "intake_full"
    /// The room had more messages a second than its class allows.
    case rate
    /// The worker is degraded.
    case degraded
    /// An operator throttles the room.
    case throttled
}

/// How many messages of one class were dropped for one reason, one for each client that missed one.
package struct DropCount: Sendable, Equatable, Codable {
    package var criticality: Criticality
    package var reason: DropReason
    package var count: UInt64

    package init(criticality: Criticality, reason: DropReason, count: UInt64) {
        self.criticality = criticality
        self.reason = reason
        self.count = count
    }

    private enum CodingKeys: String, CodingKey {
        case reason, count
        case criticality = "class"
    }
}
