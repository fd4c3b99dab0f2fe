import AdminAPI
import FleetModel

extension ConsoleModel {
    /// A batch with more arrivals than this is one line of events, not many.
    private static let separateArrivals = 3
    /// Until the next tick only so many batches are shown at once: a fleet that pours in must not cost a snapshot each.
    private static let maximumEarlySnapshots = 8

    mutating func observe(_ events: [FleetEvent]) {
        var isUrgent = false
        var arrivals: [WorkerID] = []
        for event in events {
            if case .appeared(let worker) = event, fleet.workers[worker] == nil { arrivals.append(worker) }
            isUrgent = observe(event) || isUrgent
        }
        tellArrivals(arrivals)
        guard isUrgent, earlySnapshots < Self.maximumEarlySnapshots else { return }
        earlySnapshots += 1
        refresh()
    }

    /// - Returns: whether this is worth showing before the next tick.
    private mutating func observe(_ event: FleetEvent) -> Bool {
        switch event {
        case .appeared(let worker): add(worker)
        case .vanished(let worker): vanish(worker)
        case .sample(let sample): return observe(sample)
        case .lost(let worker, let reason): return lose(worker, reason)
        case .answered(let id, let worker, let result): answer(id, worker, result)
        }
        return true
    }

    private mutating func add(_ worker: WorkerID) {
        if fleet.workers[worker] == nil { members = nil }
        fleet.add(worker)
    }

    private mutating func observe(_ sample: WorkerSample) -> Bool {
        let before = WorkerGlance(fleet.workers[sample.worker])
        if before.link == nil { members = nil }
        fleet.observe(sample, at: now)
        let after = WorkerGlance(fleet.workers[sample.worker])
        return tell(FleetNarrator(now: now).lines(of: sample.worker, from: before, to: after)) || before.sample == nil
    }

    private mutating func lose(_ worker: WorkerID, _ reason: String) -> Bool {
        let before = WorkerGlance(fleet.workers[worker])
        fleet.lose(worker, because: reason)
        let after = WorkerGlance(fleet.workers[worker])
        return tell(FleetNarrator(now: now).linkLines(of: worker, from: before, to: after))
    }

    private mutating func vanish(_ worker: WorkerID) {
        guard let record = fleet.workers[worker] else { return }
        fleet.remove(worker)
        members = nil
        let isDrained = record.sample?.drain?.phase == .drained
        let words: SafeText = isDrained ? "left the fleet, drained" : "vanished: its admin socket is gone"
        say(isDrained ? .notice : .warning, worker, words)
    }

    private mutating func tell(_ lines: [EventLine]) -> Bool {
        log.append(contentsOf: lines)
        return !lines.isEmpty
    }

    private mutating func tellArrivals(_ workers: [WorkerID]) {
        guard workers.count > Self.separateArrivals else {
            for worker in workers { say(.fine, worker, "appeared") }
            return
        }
        say(.fine, nil, "\(workers.count) workers appeared")
    }

    /// Workers whose link is live.
    var talkingWorkers: [WorkerID] {
        fleet.workers.values.lazy.filter { $0.link == .live }.map(\.id)
    }

    /// Tells which of the workers that were talking before the tick are silent after it.
    mutating func tellSilence(of talking: [WorkerID]) {
        let silent = talking.filter { fleet.workers[$0]?.isStale == true }
        for worker in silent.sorted() {
            if case .stale(let reason) = fleet.workers[worker]?.link {
                say(.warning, worker, "stale: \(SafeText(reason))")
            }
        }
    }

    mutating func say(_ severity: Severity, _ worker: WorkerID?, _ words: SafeText) {
        log.append(EventLine(time: now, severity: severity, worker: worker, words: words))
    }
}

// MARK: - Commands

extension ConsoleModel {
    mutating func send(_ command: WorkerCommand, to worker: WorkerID) -> ConsoleEffect {
        .command(commands.send(command, to: worker, at: now), worker, command)
    }

    private mutating func answer(_ id: CommandID, _ worker: WorkerID, _ result: Result<DrainReport, AdminError>) {
        guard let pending = commands.answer(id) else { return }
        switch result {
        case .success:
            say(.fine, worker, "\(pending.verb) accepted")
        case .failure(let error):
            let words: SafeText = "\(pending.verb) failed: \(SafeText(error.message))"
            commands.fail(FailedCommand(time: now, worker: worker, words: words))
            say(.warning, worker, words)
        }
    }
}
