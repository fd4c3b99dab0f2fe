import AdminAPI
import FleetModel

/// Drains workers, some at a time: starts each as soon as enough of the fleet stays active, watches it until nobody is
/// left, and says what came of it.
package struct DrainMachine: OperationMachine {
    let parameters: DrainParameters
    let planned: OperationPlan
    let reason: String?
    var targets: [DrainTarget]
    var phase = OperationPhase.running
    /// Why the next worker must wait, and since when.
    var blocker: (words: SafeText, since: UnixTime)?
    var verifyingSince: UnixTime?
    var returned = 0

    /// - Parameter isResumed: another led it before: what is draining already was ordered by it.
    package init(_ plan: OperationPlan, reason: String?, isResumed: Bool = false) {
        planned = plan
        parameters = DrainParameters(texts: plan.parameters)
        self.reason = reason
        targets = plan.targets.map { DrainTarget(worker: $0) }
        if isResumed { for index in targets.indices { targets[index].mayBeOrdered = true } }
    }

    /// A worker that does not answer for so long in the middle of its drain is given up.
    static let patience: Duration = .seconds(10)
    /// An order that was taken shows in the worker's samples well within this.
    static let showsWithin: Duration = .seconds(5)
    /// Whoever waits for longer than this is stopped by something that does not pass.
    static let longestWait: Duration = .seconds(600)
    /// Orders that came to nothing for a reason that may pass.
    static let maximumTries = 30
    /// Clients come back within seconds; who has not by then is waited for no longer.
    static let verification: Duration = .seconds(5)

    package mutating func receive(_ input: OperationInput, at now: UnixTime) -> [OperationEffect] {
        switch input {
        case .fleet(let fleet): look(at: fleet, now)
        case .answered(let worker, let command, let refusal): answered(worker, command, refusal, now)
        case .cancel(let name, let reason): cancel(by: name, reason: reason)
        }
    }

    private mutating func look(at fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        var effects: [OperationEffect] = []
        for index in targets.indices { effects += observe(index, in: fleet, now) }
        switch phase {
        case .running: effects += startNext(in: fleet, now)
        case .cancelling: effects += undrainAgain()
        case .verifying, .ended: break
        }
        return effects + advance(fleet, now)
    }

    /// On to the next phase, when the targets allow it.
    private mutating func advance(_ fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        guard targets.allSatisfy(\.isSettled) else { return [] }
        switch phase {
        case .running:
            phase = .verifying
            verifyingSince = now
            return verify(fleet, now)
        case .verifying: return verify(fleet, now)
        case .cancelling:
            phase = .ended
            return [.end(OperationOutcome(.cancelled, cancelledWords.text))]
        case .ended: return []
        }
    }
}

// MARK: - Starting

extension DrainMachine {
    private mutating func startNext(in fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        var effects: [OperationEffect] = []
        var started: Set<WorkerID> = []
        while targets.count(where: \.isInProgress) < parameters.parallel,
            let index = targets.firstIndex(where: { $0.state == .waiting })
        {
            if let words = obstacle(to: targets[index].worker, in: fleet, started) {
                return effects + wait(words, index, now)
            }
            blocker = nil
            started.insert(targets[index].worker)
            effects += start(index, in: fleet, now)
        }
        return effects
    }

    private mutating func start(_ index: Int, in fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        targets[index].state = .ordered(since: now)
        targets[index].words = "is being told"
        targets[index].startedAt = fleet.workers[targets[index].worker]?.sample?.startedAt
        targets[index].mayBeOrdered = true
        let worker = targets[index].worker
        return [.step("\(worker): the drain is ordered"), .order(.drain(request), to: worker)]
    }

    private mutating func wait(_ words: SafeText, _ index: Int, _ now: UnixTime) -> [OperationEffect] {
        let since = blocker?.since ?? now
        let isNews = blocker?.words != words
        blocker = (words, since)
        targets[index].words = "waiting: " + words
        guard since.duration(to: now) <= Self.longestWait else {
            for index in targets.indices where targets[index].state == .waiting { targets[index].fail(words) }
            return [.step("given up after \(Figures.wait(Self.longestWait)): \(words)")]
        }
        return isNews ? [.step("waiting: \(words)")] : []
    }

    var request: DrainRequest {
        DrainRequest(
            ratePerSecond: parameters.ratePerSecond, deadlineSeconds: parameters.deadline?.inSeconds, reason: reason)
    }

    /// What keeps a worker from being drained now; nil where nothing does.
    private func obstacle(to worker: WorkerID, in fleet: Fleet, _ started: Set<WorkerID>) -> SafeText? {
        guard let record = fleet.workers[worker], !record.isStale, record.sample != nil else {
            return "\(worker) does not answer"
        }
        let staying = fleet.ordered.filter { other in
            !other.isStale && other.sample?.state == .active && other.id != worker && !started.contains(other.id)
        }
        let capacity = staying.compactMap(\.sample?.capacity).reduce(0, +)
        guard Double(capacity) < parameters.keptCapacity else { return nil }
        return "\(missing(in: fleet)) and without \(worker) less than is to be kept would stay active (--keep)"
    }

    /// Who was active when the plan was made, is not to be drained, and is not active now.
    private func missing(in fleet: Fleet) -> SafeText {
        let drained = Set(targets.map(\.worker))
        let missing = planned.snapshot.filter { $0.state == .active && !drained.contains($0.worker) }.compactMap {
            Self.absence(of: $0.worker, in: fleet)
        }
        return SafeText(missing.isEmpty ? "others are drained" : missing.joined(separator: ", "))
    }

    private static func absence(of worker: WorkerID, in fleet: Fleet) -> String? {
        guard let record = fleet.workers[worker], !record.isStale, let state = record.sample?.state else {
            return "\(SafeText(worker)) does not answer"
        }
        switch state {
        case .active: return nil
        case .starting: return "\(SafeText(worker)) is restarting"
        case .draining, .drained, .stopping: return "\(SafeText(worker)) is \(state.rawValue)"
        }
    }
}
