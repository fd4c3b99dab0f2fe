import FleetModel

/// The drills of a fleet, kept in Redis under `gad:drills`.
package struct DrillHistory: Sendable, Equatable, Codable {
    /// Drills that were begun, ever; the number of the last one.
    package var count: Int
    /// When the last one was begun, by the clock of the worker that noted it; nil before the first.
    package var lastAt: UnixTime?
    package var lastMode: String?
    /// nil while it runs, and for one that never told.
    package var lastVerdict: String?

    package init(count: Int = 0, lastAt: UnixTime? = nil, lastMode: String? = nil, lastVerdict: String? = nil) {
        self.count = count
        self.lastAt = lastAt
        self.lastMode = lastMode
        self.lastVerdict = lastVerdict
    }

    private enum CodingKeys: String, CodingKey {
        case count
        case lastAt = "last_at"
        case lastMode = "last_mode"
        case lastVerdict = "last_verdict"
    }
}

/// The body of `POST /v1/redis/drills`: a drill begins and takes its number, or ends with its verdict.
package struct DrillNote: Sendable, Equatable, Codable {
    package var mode: String
    /// Left out at the beginning.
    package var verdict: String?

    package init(mode: String, verdict: String? = nil) {
        self.mode = mode
        self.verdict = verdict
    }
}

/// The body of `POST /v1/redis/failover`; it may be left out.
package struct FailoverRequest: Sendable, Equatable, Codable {
    package var reason: String?

    package init(reason: String? = nil) {
        self.reason = reason
    }
}

/// That a Sentinel took the order to fail over.
package struct FailoverReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var at: UnixTime
    package var sentinel: String
    /// The primary that is to be replaced.
    package var primary: String

    package init(worker: WorkerID, at: UnixTime, sentinel: String, primary: String) {
        self.worker = worker
        self.at = at
        self.sentinel = sentinel
        self.primary = primary
    }
}
