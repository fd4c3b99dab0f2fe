import AdminAPI
import FleetModel

// MARK: - Cancelling

extension DrainMachine {
    /// Has what is draining serve again; what is drained already stays so.
    mutating func cancel(by name: String, reason: String?) -> [OperationEffect] {
        guard phase == .running || phase == .verifying else { return [] }
        phase = .cancelling
        blocker = nil
        let why = reason.map { ": " + SafeText($0) } ?? ""
        var effects: [OperationEffect] = [.step("cancelled by \(SafeText(name))\(why)")]
        for index in targets.indices {
            if targets[index].isInProgress { targets[index].state = .undraining }
            if targets[index].state == .waiting { spare(index) }
        }
        effects += undrainAgain()
        return effects
    }

    private mutating func spare(_ index: Int) {
        // It may be draining by an order that this leader does not know of; an undrain does no harm.
        targets[index].state = targets[index].mayBeOrdered ? .undraining : .spared
        targets[index].words = "was not drained"
    }

    mutating func undrainAgain() -> [OperationEffect] {
        targets.filter { $0.state == .undraining }.map { target in
            .order(.undrain(UndrainRequest(reason: "the drain was cancelled")), to: target.worker)
        }
    }

    var cancelledWords: SafeText {
        let drained = names { $0.state == .drained }
        let failed = names { $0.state == .failed }
        let undrained = names { $0.state == .undrained }
        return (undrained.isEmpty ? "nothing had to be undone" : "undrained \(undrained)")
            + (drained.isEmpty ? "" : "; \(drained) stays drained until: gadtop undrain \(drained)")
            + (failed.isEmpty ? "" : "; failed: \(failed)")
    }

    private func names(_ isMeant: (DrainTarget) -> Bool) -> SafeText {
        SafeText(targets.filter(isMeant).map { SafeText($0.worker).text }.joined(separator: " "))
    }
}

// MARK: - Verifying

extension DrainMachine {
    /// Nobody is left on the targets; whether the clients have come to the others shows within seconds.
    mutating func verify(_ fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        let left = targets.filter { $0.state == .drained }.reduce(0) { $0 + $1.left }
        returned = max(0, connections(in: fleet) - plannedConnections)
        let since = verifyingSince ?? now
        guard returned >= left || since.duration(to: now) >= Self.verification else { return [] }
        phase = .ended
        return [.end(outcome(left: left))]
    }

    private func outcome(left: Int) -> OperationOutcome {
        let (drained, failed) = (targets.filter { $0.state == .drained }, targets.filter { $0.state == .failed })
        let came: SafeText =
            left == 0
            ? "" : "; the others have \(Figures.exact(returned)) connections more, of \(Figures.exact(left)) that left"
        if failed.isEmpty { return OperationOutcome(.done, "drained \(names { $0.state == .drained })\(came)") }
        let reasons = SafeText(failed.map { "\(SafeText($0.worker)) \($0.words)" }.joined(separator: "; "))
        return drained.isEmpty
            ? OperationOutcome(.failed, reasons)
            : OperationOutcome(.partlyDone, "drained \(names { $0.state == .drained })\(came); \(reasons)")
    }

    private var others: [OperationPlan.Worker] {
        let drained = Set(targets.map(\.worker))
        return planned.snapshot.filter { !drained.contains($0.worker) && $0.state == .active }
    }

    private var plannedConnections: Int { others.reduce(0) { $0 + $1.connections } }

    private func connections(in fleet: Fleet) -> Int {
        others.reduce(0) { $0 + (fleet.workers[$1.worker]?.sample?.connections ?? 0) }
    }
}

extension OperationOutcome {
    init(_ status: Status, _ words: SafeText) {
        self.init(status, words.text)
    }
}

// MARK: - What is told

extension DrainMachine {
    package var state: OperationRecord.Progress {
        let lines = targets.map { target in
            OperationRecord.WorkerLine(
                worker: target.worker, words: target.words.text, progress: target.progress,
                failed: target.state == .failed)
        }
        let progress = targets.isEmpty ? 1 : targets.reduce(0) { $0 + $1.progress } / Double(targets.count)
        return OperationRecord.Progress(phase: phase, progress: progress, note: note.text, workers: lines)
    }

    private var note: SafeText {
        switch phase {
        case .running:
            if let blocker { return "waiting: " + blocker.words }
            let drained = targets.count { $0.state == .drained }
            let current = names { $0.isInProgress }
            return current.isEmpty ? "begins" : "draining \(current) (\(drained) of \(targets.count) drained)"
        case .cancelling: return "undraining \(names { $0.state == .undraining })"
        case .verifying: return "looking whether the clients have come to the others"
        case .ended: return ""
        }
    }
}
