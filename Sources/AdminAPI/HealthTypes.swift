import FleetModel

/// A figure beside the bound that it is held to.
package struct BoundedFigure: Sendable, Equatable, Codable {
    package var value: Double
    package var bound: Double
    package var ok: Bool

    package init(_ value: Double, bound: Double) {
        self.value = value
        self.bound = bound
        ok = value <= bound
    }
}

/// `GET /v1/breakers`.
package struct BreakersReport: Sendable, Equatable, Codable {
    /// One breaker and how it came to be as it is.
    package struct Item: Sendable, Equatable, Codable {
        package var breaker: BreakerReport
        /// Its last transitions, oldest first.
        package var history: [BreakerTransition]

        package init(breaker: BreakerReport, history: [BreakerTransition]) {
            self.breaker = breaker
            self.history = history
        }
    }

    package var worker: WorkerID
    package var items: [Item]

    package init(worker: WorkerID, items: [Item]) {
        self.worker = worker
        self.items = items
    }
}

/// `GET /v1/degradation`.
package struct DegradationStatus: Sendable, Equatable, Codable {
    package var worker: WorkerID
    /// How it stands, at `normal` too.
    package var current: DegradationReport
    /// The last changes of level, oldest first.
    package var history: [DegradationReport]
    /// Changes since the worker's start, those that left the history included.
    package var changesTotal: UInt64

    package init(
        worker: WorkerID, current: DegradationReport, history: [DegradationReport], changesTotal: UInt64
    ) {
        self.worker = worker
        self.current = current
        self.history = history
        self.changesTotal = changesTotal
    }

    private enum CodingKeys: String, CodingKey {
        case worker, current, history
        case changesTotal = "changes_total"
    }
}

/// `GET /v1/scale`, and `GET /scale` on the serving port: whether this worker's load asks for more workers or fewer.
package struct ScaleReport: Sendable, Equatable, Codable {
    package enum Signal: String, Sendable, Codable, CaseIterable {
        /// More workers are wanted.
        case out
        /// Fewer would do.
        case `in`
        case hold
    }

    package struct Inputs: Sendable, Equatable, Codable {
        package var connections: BoundedFigure
        /// Part of the connections that ended within the last minute without being asked to.
        package var churnPerMinute: BoundedFigure
        /// Of the last minute.
        package var latencyP95Seconds: BoundedFigure
        package var queueShare: BoundedFigure
        package var loopLagSeconds: BoundedFigure

        package init(
            connections: BoundedFigure, churnPerMinute: BoundedFigure, latencyP95Seconds: BoundedFigure,
            queueShare: BoundedFigure, loopLagSeconds: BoundedFigure
        ) {
            self.connections = connections
            self.churnPerMinute = churnPerMinute
            self.latencyP95Seconds = latencyP95Seconds
            self.queueShare = queueShare
            self.loopLagSeconds = loopLagSeconds
        }

        private enum CodingKeys: String, CodingKey {
            case connections
            case churnPerMinute = "churn_per_minute"
            case latencyP95Seconds = "latency_p95_seconds"
            case queueShare = "queue_share"
            case loopLagSeconds = "loop_lag_seconds"
        }
    }

    package var worker: WorkerID
    package var signal: Signal
    /// Workers wanted for each that there is, by this worker's load.
    package var desired: Double
    /// In words.
    package var reasons: [String]
    package var inputs: Inputs

    package init(worker: WorkerID, signal: Signal, desired: Double, reasons: [String], inputs: Inputs) {
        self.worker = worker
        self.signal = signal
        self.desired = desired
        self.reasons = reasons
        self.inputs = inputs
    }
}
