import FleetModel

/// How far an operation has come.
package enum OperationPhase: String, Sendable, Codable, CaseIterable {
    case running, cancelling, verifying, ended
}

/// How an operation ended.
package struct OperationOutcome: Sendable, Equatable, Codable {
    package enum Status: String, Sendable, Codable, CaseIterable {
        case done
        case partlyDone = "partly_done"
        /// A stop condition ended it, or it could not be done.
        case failed
        case cancelled
        /// Whoever led it went away; what had been ordered went on by itself.
        case interrupted
    }

    package var status: Status
    /// What came of it and what remains, in a sentence.
    package var words: String

    package init(_ status: Status, _ words: String) {
        self.status = status
        self.words = words
    }
}

/// What everybody can read of an operation: it lives in Redis under `gad:operation:<id>`, and any worker tells of it.
package struct OperationRecord: Sendable, Equatable, Codable {
    package struct Step: Sendable, Equatable, Codable {
        package var at: UnixTime
        package var words: String

        package init(at: UnixTime, words: String) {
            self.at = at
            self.words = words
        }
    }

    /// How it stands on one worker.
    package struct WorkerLine: Sendable, Equatable, Codable {
        package var worker: WorkerID
        package var words: String
        /// From 0 to 1.
        package var progress: Double
        package var failed: Bool

        package init(worker: WorkerID, words: String, progress: Double, failed: Bool = false) {
            self.worker = worker
            self.words = words
            self.progress = progress
            self.failed = failed
        }
    }

    package struct CancelOrder: Sendable, Equatable, Codable {
        package var by: String
        package var reason: String?
        package var at: UnixTime

        package init(by: String, reason: String?, at: UnixTime) {
            self.by = by
            self.reason = reason
            self.at = at
        }
    }

    /// What its leader tells of it, again and again.
    package struct Progress: Sendable, Equatable, Codable {
        package var phase: OperationPhase
        /// From 0 to 1.
        package var progress: Double
        /// What it is doing or waiting for right now.
        package var note: String
        package var workers: [WorkerLine]

        package init(phase: OperationPhase, progress: Double, note: String, workers: [WorkerLine]) {
            self.phase = phase
            self.progress = progress
            self.note = note
            self.workers = workers
        }
    }

    package var id: String
    package var plan: OperationPlan
    /// SHA-256 of the plan, in hexadecimal.
    package var planHash: String
    /// Counts up with each start and each take-over: workers refuse orders with an older one.
    package var fence: Int
    /// Who leads it, as the worker saw them, and from where.
    package var leader: String
    package var origin: String
    package var reason: String?
    package var startedAt: UnixTime
    package var updatedAt: UnixTime
    /// Without news from its leader until then, another may take over; nil once it has ended.
    package var leaseEndsAt: UnixTime?
    package var state: Progress
    /// What happened, oldest first; at most `maximumSteps`.
    package var steps: [Step]
    package var cancel: CancelOrder?
    package var outcome: OperationOutcome?

    package init(
        id: String, plan: OperationPlan, planHash: String, fence: Int, leader: String, origin: String,
        reason: String?, startedAt: UnixTime, updatedAt: UnixTime, leaseEndsAt: UnixTime?, state: Progress,
        steps: [Step], cancel: CancelOrder? = nil, outcome: OperationOutcome? = nil
    ) {
        self.id = id
        self.plan = plan
        self.planHash = planHash
        self.fence = fence
        self.leader = leader
        self.origin = origin
        self.reason = reason
        self.startedAt = startedAt
        self.updatedAt = updatedAt
        self.leaseEndsAt = leaseEndsAt
        self.state = state
        self.steps = steps
        self.cancel = cancel
        self.outcome = outcome
    }

    package static let maximumSteps = 500

    private enum CodingKeys: String, CodingKey {
        case id, plan, fence, leader, origin, reason, state, steps, cancel, outcome
        case planHash = "plan_hash"
        case startedAt = "started_at"
        case updatedAt = "updated_at"
        case leaseEndsAt = "lease_ends_at"
    }
}
