import AdminAPI
import Console
import FleetModel

extension OperationRecord {
    /// A drain of gw1-w1 that began in the script's second 10.
    static func drain(
        at second: Int, id: String = "op-4711", by leader: String = "ana", progress: Double = 0.5,
        outcome: OperationOutcome.Status? = nil
    ) -> OperationRecord {
        let plan = OperationPlan(
            kind: .drain, targets: [WorkerID("gw1-w1")], parameters: [:], snapshot: [],
            takenAt: ScriptedWorker.time(10))
        let line = WorkerLine(worker: WorkerID("gw1-w1"), words: "closing, 1,871 left", progress: progress)
        return OperationRecord(
            id: id, plan: plan, planHash: "00", fence: 7, leader: leader, origin: "unix:pid 812",
            reason: "kernel update", startedAt: ScriptedWorker.time(10), updatedAt: ScriptedWorker.time(second),
            leaseEndsAt: outcome == nil ? ScriptedWorker.time(second + 10) : nil,
            state: Progress(
                phase: outcome == nil ? .running : .ended, progress: progress, note: "gw1-w1 is closing",
                workers: [line]),
            steps: [
                Step(at: ScriptedWorker.time(10), words: "gw1-w1 is told to drain"),
                Step(at: ScriptedWorker.time(12), words: "gw1-w1 refuses new connections"),
            ], outcome: outcome.map { OperationOutcome($0, "gw1-w1 was killed; 1,871 connections were lost") })
    }
}

extension [ConsoleEffect] {
    /// The only act that is to be begun.
    var begun: ActRequest? {
        guard count == 1, case .begin(let request, _) = self[0] else { return nil }
        return request
    }

    /// Whom the console wants asked about operations.
    var asked: [ControlQuestion] {
        compactMap { if case .ask(let question, _) = $0 { question } else { nil } }
    }
}

extension ActRequest {
    /// Workers and reason of a drain.
    var drained: (targets: [WorkerID], reason: String?)? {
        guard case .operation(let plan, let reason) = self, plan.operation.kind == .drain else { return nil }
        return (plan.operation.targets, reason)
    }
}
