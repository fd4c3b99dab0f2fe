import AdminAPI
import FleetModel
import Synchronization

@testable import ControlPlane

/// A desk, a fleet and a clock in memory: each pause of the runner is one second, at the end of which a test may act.
final class OperationWorld: OperationDesk, OperatedFleet, Sendable {
    struct State {
        var now = UnixTime(microseconds: 1_795_457_902_000_000)
        var record: OperationRecord?
        var trouble: AdminError?
        var refusal: AdminError?
        var orders: [WorkerID] = []
        var reports: [OperationNews] = []
        var ticks = 0
        var fleet = Fleet()
    }

    let state = Mutex(State())
    let onTick: @Sendable (Int, OperationWorld) -> Void

    /// - Parameter onTick: called at the end of each second with its number, from 1.
    init(onTick: @escaping @Sendable (Int, OperationWorld) -> Void = { _, _ in }) {
        self.onTick = onTick
    }

    var runner: OperationRunner { OperationRunner(desk: self, fleet: self, clock: clock) }

    var clock: RunnerClock {
        RunnerClock(now: { self.state.withLock { $0.now } }) { duration in
            try Task.checkCancellation()
            let tick = self.state.withLock { state in
                state.now = state.now.advanced(by: duration)
                state.ticks += 1
                return state.ticks
            }
            guard tick < 1_000 else { throw CancellationError() }
            self.onTick(tick, self)
        }
    }

    func snapshot(counting rooms: RoomPattern?) async -> Fleet { state.withLock { $0.fleet } }

    func order(_ command: WorkerCommand, to worker: WorkerID, for operation: OperationRecord) async throws(AdminError) {
        let refusal = state.withLock { state in
            state.orders.append(worker)
            return state.refusal
        }
        if let refusal { throw refusal }
    }

    func start(_ start: OperationStart) async throws(AdminError) -> OperationRecord {
        state.withLock { state in
            let record = OperationRecord(
                id: "one", plan: start.plan, planHash: start.planHash, fence: 1, leader: "mperez", origin: "unix",
                reason: start.reason, startedAt: state.now, updatedAt: state.now, leaseEndsAt: nil,
                state: .init(phase: .running, progress: 0, note: "", workers: []), steps: [])
            state.record = record
            return record
        }
    }

    func report(_ news: OperationNews) async throws(AdminError) -> OperationRecord {
        let answer: Result<OperationRecord, AdminError> = state.withLock { state in
            if let trouble = state.trouble { return .failure(trouble) }
            guard var record = state.record else { return .failure(AdminError(.notFound, "unknown")) }
            state.reports.append(news)
            record.state = news.state
            record.steps += news.steps
            record.outcome = news.outcome
            state.record = record
            return .success(record)
        }
        return try answer.get()
    }

    func cancel(_ operation: OperationReference) async throws(AdminError) -> OperationRecord {
        let record = state.withLock { state in
            state.record?.cancel = .init(by: "other", reason: operation.reason, at: state.now)
            return state.record
        }
        guard let record else { throw AdminError(.notFound, "unknown") }
        return record
    }

    func takeOver(_ operation: OperationReference) async throws(AdminError) -> OperationRecord {
        throw AdminError(.conflict, "not here")
    }
    func operation(_ id: String) async throws(AdminError) -> OperationRecord { throw AdminError(.notFound, "not here") }
    func operations(limit: Int) async throws(AdminError) -> [OperationRecord] { [] }
    func safety() async throws(AdminError) -> SafetyState { SafetyState(engaged: false, reason: nil) }
    func set(_ safety: SafetyState) async throws(AdminError) -> SafetyState { safety }
}

/// Orders one worker at each look until it has ordered all, then ends.
struct CountingPlan: PlannedOperation {
    var workers: [WorkerID]
    var operation: OperationPlan {
        OperationPlan(
            kind: .drain, targets: workers, parameters: [:], snapshot: [], takenAt: UnixTime(microseconds: 0))
    }
    var consequences: [SafeText] { [] }
    var objections: [PlanObjection] { [] }
    var confirmation: SafeText? { nil }
    func machine() -> any OperationMachine { Machine(left: workers) }

    struct Machine: OperationMachine {
        var left: [WorkerID]
        var refused = 0
        var state: OperationRecord.Progress {
            .init(phase: .running, progress: 0, note: "\(left.count) left", workers: [])
        }

        mutating func receive(_ input: OperationInput, at now: UnixTime) -> [OperationEffect] {
            switch input {
            case .fleet:
                guard !left.isEmpty else {
                    return [.end(OperationOutcome(refused == 0 ? .done : .partlyDone, "\(refused) refused"))]
                }
                return [.order(.undrain(UndrainRequest(reason: nil)), to: left.removeFirst()), .step("ordered")]
            case .answered(_, _, let refusal):
                if refusal != nil { refused += 1 }
                return []
            case .cancel(let name, _): return [.end(OperationOutcome(.cancelled, "by \(name)"))]
            }
        }
    }
}
