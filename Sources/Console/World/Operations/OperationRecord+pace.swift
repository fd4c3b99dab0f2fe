import AdminAPI
import FleetModel

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
