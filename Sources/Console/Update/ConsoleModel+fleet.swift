import AdminAPI
import FleetModel

extension ConsoleModel {
    /// Until the next tick only so many batches are shown at once: a fleet that pours in must not cost a snapshot each.
    private static let maximumEarlySnapshots = 8

    mutating func observe(_ events: [FleetEvent]) {
        var isUrgent = false
        var news: [EventLine] = []
        for event in events { isUrgent = observe(event, &news) || isUrgent }
        log.append(contentsOf: news)
        guard isUrgent, earlySnapshots < Self.maximumEarlySnapshots else { return }
        earlySnapshots += 1
        refresh()
    }

    /// - Parameter news: grows by the lines that tell of the event.
    /// - Returns: whether this is worth showing before the next tick.
    private mutating func observe(_ event: FleetEvent, _ news: inout [EventLine]) -> Bool {
        let told = news.count
        switch event {
        case .appeared(let worker): add(worker, &news)
        case .vanished(let worker): vanish(worker, &news)
        case .sample(let sample): return observe(sample, &news) || news.count > told
        case .lost(let worker, let reason):
            lose(worker, reason, &news)
            return news.count > told
        case .lookup(let failure): note(lookupFailure: failure, &news)
        case .control(let report): hear(report, &news)
        }
        return true
    }

    private mutating func add(_ worker: WorkerID, _ news: inout [EventLine]) {
        guard fleet.workers[worker] == nil else { return }
        members = nil
        fleet.add(worker)
        news.append(line(.fine, worker, "appeared"))
    }

    /// - Returns: whether it is the worker's first.
    private mutating func observe(_ sample: SharedSample, _ news: inout [EventLine]) -> Bool {
        let worker = sample.value.worker
        let before = WorkerGlance(fleet.workers[worker])
        if before.link == nil { members = nil }
        fleet.observe(sample, at: now)
        let after = WorkerGlance(fleet.workers[worker])
        news += FleetNarrator(now: now).lines(of: worker, from: before, to: after)
        return before.heard == nil
    }

    private mutating func lose(_ worker: WorkerID, _ reason: String, _ news: inout [EventLine]) {
        let before = WorkerGlance(fleet.workers[worker])
        fleet.lose(worker, because: reason)
        let after = WorkerGlance(fleet.workers[worker])
        news += FleetNarrator(now: now).linkLines(of: worker, from: before, to: after)
    }

    private mutating func note(lookupFailure failure: String?, _ news: inout [EventLine]) {
        lookupFailure = failure.map { SafeText($0) }
        let words: SafeText =
            lookupFailure.map { "workers cannot be looked up: \($0)" } ?? "workers can be looked up again"
        news.append(
            EventLine(time: now, severity: failure == nil ? .fine : .warning, worker: nil, words: words))
    }

    private mutating func vanish(_ worker: WorkerID, _ news: inout [EventLine]) {
        guard let record = fleet.workers[worker] else { return }
        fleet.remove(worker)
        marked.remove(worker)
        members = nil
        let isDrained = record.sample?.drain?.phase == .drained
        let words: SafeText = isDrained ? "left the fleet, drained" : "vanished: its admin socket is gone"
        news.append(line(isDrained ? .notice : .warning, worker, words))
    }

    mutating func tellSilence(of silent: [WorkerID]) {
        log.append(
            contentsOf: silent.compactMap { worker in
                guard case .stale(let reason) = fleet.workers[worker]?.link else { return nil }
                return line(.warning, worker, "stale: \(SafeText(reason))")
            })
    }

    func line(_ severity: Severity, _ worker: WorkerID?, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: worker, words: words)
    }
}
