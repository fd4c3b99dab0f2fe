import AdminAPI
import FleetModel

extension DrainMachine {
    /// Takes note of what a worker says of itself.
    mutating func observe(_ index: Int, in fleet: Fleet, _ now: UnixTime) -> [OperationEffect] {
        let record = fleet.workers[targets[index].worker]
        guard let record, !record.isStale, let sample = record.sample else {
            return targets[index].isInProgress ? silent(index, record, now) : []
        }
        targets[index].silentSince = nil
        switch targets[index].state {
        case .waiting: return targets[index].mayBeOrdered ? adopt(index, sample) : foreign(index, sample)
        case .ordered(let since): return ordered(index, sample, since, now)
        case .draining: return draining(index, sample)
        case .drained: return stillDrained(index, sample)
        case .undraining:
            if sample.drain == nil { undrained(index) }
            return []
        case .undrained, .failed, .spared: return []
        }
    }

    private mutating func silent(_ index: Int, _ record: WorkerRecord?, _ now: UnixTime) -> [OperationEffect] {
        let since = targets[index].silentSince ?? now
        targets[index].silentSince = since
        var reason: SafeText = "it is not in the fleet"
        if case .stale(let words) = record?.link { reason = SafeText(words) }
        guard since.duration(to: now) >= Self.patience else {
            targets[index].words = "does not answer: " + reason
            return []
        }
        return failed(index, "it stopped answering in the middle of its drain (\(reason))")
    }

    /// What another leader ordered, or an order whose answer did not come.
    private mutating func adopt(_ index: Int, _ sample: WorkerSample) -> [OperationEffect] {
        guard let drain = sample.drain, drain.cause == .operator else { return [] }
        targets[index].state = .draining
        targets[index].startedAt = sample.startedAt
        return draining(index, sample)
    }

    private mutating func foreign(_ index: Int, _ sample: WorkerSample) -> [OperationEffect] {
        guard let drain = sample.drain else { return [] }
        return failed(index, "it is being drained by \(SafeText(drain.requestedBy)) already; undrain it first")
    }

    private mutating func ordered(
        _ index: Int, _ sample: WorkerSample, _ since: UnixTime, _ now: UnixTime
    ) -> [OperationEffect] {
        if sample.startedAt != targets[index].startedAt || sample.drain != nil {
            targets[index].state = .draining
            return draining(index, sample)
        }
        guard since.duration(to: now) > Self.showsWithin else { return [] }
        return failed(index, "it took the order and does not drain; was it undrained?")
    }

    private mutating func draining(_ index: Int, _ sample: WorkerSample) -> [OperationEffect] {
        guard sample.startedAt == targets[index].startedAt else {
            return failed(
                index, "it was restarted in the middle of its drain, which ended all its connections at once")
        }
        guard let drain = sample.drain else {
            return failed(index, "somebody undrained it in the middle of its drain")
        }
        guard drain.cause == .operator else { return failed(index, "it is being stopped") }
        targets[index].progress = drain.progress
        guard drain.phase == .drained else {
            let rest = Figures.wait(sample.time.duration(to: drain.estimatedEnd))
            targets[index].words =
                "\(SafeText(drain.phase.rawValue)), \(Figures.percent(drain.progress)), "
                + "\(Figures.exact(drain.remaining)) left, about \(rest) to go"
            return []
        }
        return finished(index, drain)
    }

    private mutating func finished(_ index: Int, _ drain: DrainStatus) -> [OperationEffect] {
        let told = max(0, drain.initialConnections - drain.closed)
        targets[index].state = .drained
        targets[index].left = drain.initialConnections
        targets[index].progress = 1
        targets[index].words =
            "drained: \(Figures.exact(drain.initialConnections)) connections left, \(Figures.exact(told)) when told "
            + "and \(Figures.exact(drain.closed)) closed"
        return [.step("\(targets[index].worker): \(targets[index].words)")]
    }

    /// A drained worker that serves again, while others are still drained, is not what was asked for.
    private mutating func stillDrained(_ index: Int, _ sample: WorkerSample) -> [OperationEffect] {
        guard phase != .cancelling else { return [] }
        if sample.startedAt != targets[index].startedAt {
            return failed(index, "it was drained, then restarted, and serves again")
        }
        return sample.drain == nil ? failed(index, "it was drained, and somebody undrained it") : []
    }

    mutating func failed(_ index: Int, _ words: SafeText) -> [OperationEffect] {
        targets[index].fail(words)
        return [.step("\(targets[index].worker): \(words)")]
    }

    mutating func undrained(_ index: Int) {
        targets[index].state = .undrained
        targets[index].words = "undrained: it accepts clients again"
    }
}

// MARK: - Answers

extension DrainMachine {
    mutating func answered(
        _ worker: WorkerID, _ command: WorkerCommand, _ refusal: AdminError?, _ now: UnixTime
    ) -> [OperationEffect] {
        guard let index = targets.firstIndex(where: { $0.worker == worker }) else { return [] }
        switch targets[index].state {
        case .ordered: return refusal.map { refused(index, $0, now) } ?? []
        case .undraining: return undrainAnswered(index, refusal)
        case .waiting, .draining, .drained, .undrained, .failed, .spared: return []
        }
    }

    private mutating func refused(_ index: Int, _ refusal: AdminError, _ now: UnixTime) -> [OperationEffect] {
        guard refusal.mayPass, targets[index].tries < Self.maximumTries else {
            return failed(index, SafeText(refusal.message))
        }
        targets[index].tries += 1
        targets[index].state = .waiting
        targets[index].words = "waiting: " + SafeText(refusal.message)
        // One worker a tick is tried again; the others wait behind it.
        return []
    }

    private mutating func undrainAnswered(_ index: Int, _ refusal: AdminError?) -> [OperationEffect] {
        switch refusal?.code {
        case nil, .notDraining: undrained(index)
        default:
            targets[index].tries += 1
            let words = SafeText(refusal?.message ?? "")
            targets[index].words = "is still draining: " + words
            if targets[index].tries >= Self.maximumTries { return failed(index, "it could not be undrained: \(words)") }
        }
        return []
    }
}

extension AdminError {
    /// The same order may be taken a moment later.
    var mayPass: Bool {
        switch code {
        case .unavailable, .auditUnavailable, .safetyEngaged, .fenced: true
        case .badRequest, .notFound, .methodNotAllowed, .alreadyDraining, .notDraining, .shuttingDown,
            .payloadTooLarge, .denied, .operationRunning, .operationRequired, .planExpired, .planDrifted,
            .planInvalid, .conflict, .internal:
            false
        }
    }
}
