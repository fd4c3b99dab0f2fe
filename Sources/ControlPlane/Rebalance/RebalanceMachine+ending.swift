import AdminAPI
import FleetModel

extension RebalanceMachine {
    /// How long workers are told again to accept, before their leases are trusted to have ended.
    private static let restoringPatience: Duration = ShedRequest.standardLease + .seconds(2)

    mutating func cancel(by user: String, _ reason: String?, _ now: UnixTime) -> [OperationEffect] {
        guard stage == .moving else { return [] }
        let why: SafeText = reason.map { " (" + SafeText($0) + ")" } ?? ""
        return stop(.cancelled, "cancelled by " + SafeText(user) + why, now)
    }

    /// Moves nobody more, and has all workers accept again.
    mutating func stop(_ status: OperationOutcome.Status, _ words: SafeText, _ now: UnixTime) -> [OperationEffect] {
        untold.append(words + "; workers accept again")
        stage = .restoring(status, words: words, since: now)
        return restoringOrders
    }

    /// Goes on until every worker has taken the order or its lease has ended, and nobody is on the way any more.
    mutating func restore(
        _ status: OperationOutcome.Status, _ words: SafeText, _ since: UnixTime, _ now: UnixTime
    ) -> [OperationEffect] {
        let isPatient = since.duration(to: now) < Self.restoringPatience
        let isOpen = members.allSatisfy { !$0.isOrdered && !$0.isShedding }
        guard !(isOpen && incoming < 1), isPatient else { return [end(status, words)] }
        return restoringOrders
    }

    private var restoringOrders: [OperationEffect] {
        members.filter { $0.isOrdered && $0.silentSince == nil }
            .map { .order(.stopShedding(ShedStopRequest(reason: nil)), to: $0.worker) }
    }

    private mutating func end(_ status: OperationOutcome.Status, _ words: SafeText) -> OperationEffect {
        stage = .ended
        let closed = members.filter(\.isOrdered).map { SafeText($0.worker).text }
        let trailer: SafeText =
            closed.isEmpty
            ? "" : "; not heard to accept again: " + SafeText(closed.joined(separator: ", ")) + " (its lease has ended)"
        return .end(OperationOutcome(status, (words + "; " + resultWords + trailer).text))
    }

    private var resultWords: SafeText {
        let moved = "\(Figures.exact(told)) of \(Figures.exact(settings.moves)) clients were told to move" as SafeText
        guard let worst else { return moved }
        let off = Figures.signedPercent(balance.deviation(of: worst.load))
        let mean = Figures.exact(Figures.whole(balance.mean))
        return moved + ", and \(worst.worker) is the farthest from the mean of " + mean + " (" + off + ")"
    }

    private var worst: RebalanceMember? {
        members.filter(\.takesPart).max { abs(balance.surplus(of: $0.load)) < abs(balance.surplus(of: $1.load)) }
    }
}

// MARK: - What is told of it

extension RebalanceMachine {
    package var state: OperationRecord.Progress {
        OperationRecord.Progress(
            phase: phase, progress: progress, note: note.text, workers: members.map { $0.line(balance) })
    }

    private var phase: OperationPhase {
        switch stage {
        case .moving: .running
        case .restoring(.cancelled, _, _): .cancelling
        case .restoring: .verifying
        case .ended: .ended
        }
    }

    private var progress: Double {
        guard stage != .ended, settings.moves > 0 else { return 1 }
        return min(1, max(0, members.reduce(0) { $0 + Double($1.told - $1.leaving) } / Double(settings.moves)))
    }

    private var note: SafeText {
        let counts =
            "\(Figures.exact(told)) of \(Figures.exact(settings.moves)) told to move, "
            + "\(Figures.exact(Figures.whole(incoming))) on their way" as SafeText
        switch stage {
        case .moving: return counts
        case .restoring(_, let words, _): return words + "; " + counts
        case .ended: return counts
        }
    }
}

extension RebalanceMember {
    fileprivate func line(_ balance: Balance) -> OperationRecord.WorkerLine {
        let count = Figures.exact(Figures.whole(load))
        let off = Figures.signedPercent(balance.deviation(of: load))
        return OperationRecord.WorkerLine(
            worker: worker, words: (count + " (" + off + ") " + doing).text, progress: share(balance),
            failed: !takesPart)
    }

    private var doing: SafeText {
        if let absence { return absence + ", left out" }
        switch part {
        case .takes: return "accepts"
        case .holds: return "has enough, accepts nobody for now"
        case .gives: return "gives, \(Figures.exact(told)) told"
        }
    }

    /// How near the mean it is.
    private func share(_ balance: Balance) -> Double {
        balance.mean > 0 ? max(0, 1 - abs(balance.deviation(of: load))) : 1
    }
}
