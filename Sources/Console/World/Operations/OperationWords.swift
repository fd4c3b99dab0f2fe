import AdminAPI
import FleetModel

/// The words for operations: what each is, who leads it, and how it stands.
enum OperationWords {
    static func kind(_ kind: OperationKind) -> SafeText {
        switch kind {
        case .drain: "drain"
        case .undrain: "undrain"
        case .rebalance: "rebalance"
        case .throttle: "throttle"
        case .broadcast: "broadcast"
        case .breaker: "breaker"
        case .kick: "kick"
        case .safety: "safety lever"
        case .failoverDrill: "failover drill"
        }
    }

    /// Such as "drain gw1-w0, gw1-w1".
    static func title(_ plan: OperationPlan) -> SafeText {
        switch plan.kind {
        case .drain, .undrain: "\(kind(plan.kind)) \(names(plan.targets))"
        case .rebalance, .throttle, .broadcast, .breaker, .kick, .safety, .failoverDrill: kind(plan.kind)
        }
    }

    /// A few by name, many by their number.
    static func names(_ workers: [WorkerID]) -> SafeText {
        guard workers.count <= namedWorkers else { return "\(workers.count) workers" }
        return SafeText(workers.map { SafeText($0).text }.joined(separator: ", "))
    }

    static func status(_ status: OperationOutcome.Status) -> SafeText {
        switch status {
        case .done: "done"
        case .partlyDone: "partly done"
        case .failed: "failed"
        case .cancelled: "cancelled"
        case .interrupted: "interrupted"
        }
    }

    static func severity(_ status: OperationOutcome.Status) -> Severity {
        switch status {
        case .done, .cancelled: .notice
        case .partlyDone, .failed, .interrupted: .warning
        }
    }

    private static let namedWorkers = 3
}

extension OperationRecord {
    /// Whether its leader has been silent for so long that another may take over.
    func isAbandoned(at now: UnixTime?) -> Bool {
        guard outcome == nil, let leaseEndsAt, let now else { return false }
        return leaseEndsAt < now
    }

    /// By what it has done until now, how long the rest takes; nil where that says nothing.
    func remaining(at now: UnixTime?) -> Duration? {
        guard outcome == nil, let now, state.progress >= Self.leastProgress, state.progress < 1 else { return nil }
        let passed = startedAt.duration(to: now)
        return passed >= Self.leastTime ? passed * ((1 - state.progress) / state.progress) : nil
    }

    /// Before these, an estimate would be a guess.
    private static let leastProgress = 0.05
    private static let leastTime: Duration = .seconds(10)
}
