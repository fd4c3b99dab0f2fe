import AdminAPI
import FleetModel

/// What holding a breaker will do, made from how it stands.
package struct BreakerPlan: ActPlan, Equatable {
    package let worker: WorkerID
    package let order: BreakerOrder
    package let report: BreakerReport

    package init(_ order: BreakerOrder, on worker: WorkerID, standing report: BreakerReport) {
        self.worker = worker
        self.order = order
        self.report = report
    }

    package var kind: OperationKind { .breaker }
    package var time: Duration { order.forSeconds.map { .seconds($0) } ?? BreakerLimits.standardTime }

    package var consequences: [SafeText] {
        ["The \(name) breaker of \(worker) is \(stateWords) now.", effect]
            + (order.mode == .auto ? [] : ["It decides again in \(Figures.wait(time))."])
    }

    package var objections: [PlanObjection] {
        switch order.mode {
        case .auto:
            return report.override == nil
                ? [PlanObjection(.warning, worker: worker, "nobody holds it: nothing changes")] : []
        case .open: return []
        case .closed:
            guard report.state != .closed else { return [] }
            return [PlanObjection(.warning, worker: worker, "calls will wait for a Redis that failed: \(why)")]
        }
    }

    /// Cutting a worker off from Redis is meant for that worker only.
    package var confirmation: SafeText? { order.mode == .open ? SafeText(worker) : nil }

    private var name: SafeText { SafeText(order.name.rawValue) }
    private var why: SafeText { SafeText(report.reason ?? "no reason is known") }

    private var stateWords: SafeText {
        let state = SafeText(report.state.rawValue.replacing("_", with: " "))
        return report.override.map { state + ", held by \(SafeText($0.by))" } ?? state
    }

    private var effect: SafeText {
        switch order.mode {
        case .open: "Every call it guards is refused: \(guarded)."
        case .closed: "Every call it guards is let through, whatever comes of it."
        case .auto: "It decides by itself again."
        }
    }

    private var guarded: SafeText {
        switch order.name {
        case .publish: "what clients publish reaches only clients of this worker"
        case .registry: "the registry of connections is not told who comes and goes"
        case .stream: "critical messages cannot be published here, and nobody can resume"
        }
    }
}
