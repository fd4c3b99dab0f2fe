import AdminAPI
import FleetModel

/// Everything that is known of a fleet at one moment. Told what happened and that time passes; it asks nobody and reads
/// no clock, so that the same events make the same world, live or out of a recording.
package struct World: Sendable {
    package private(set) var now: UnixTime
    package private(set) var fleet = Fleet()
    /// The fleet as of the last tick or of something that could not wait for one.
    package private(set) var snapshot: Snapshot
    package internal(set) var log = EventLog()
    package private(set) var operations = OperationBoard()
    package internal(set) var answers = AnswerBook()
    /// How the fleet went until now.
    package private(set) var charts = FleetCharts()
    /// Why the workers cannot be looked up; nil while they can.
    private(set) var lookupFailure: SafeText?
    /// The workers of the fleet in the order of their names; nil when that has to be found anew.
    private var members: [WorkerID]?
    /// Batches of events that made a snapshot before its tick.
    private var earlySnapshots = 0

    /// Until the next tick only so many batches are shown at once: a fleet that pours in must not cost a snapshot each.
    private static let maximumEarlySnapshots = 8

    package init(at now: UnixTime) {
        self.now = now
        snapshot = Snapshot(of: fleet, members: [], at: now, after: nil)
    }

    /// A second has passed.
    package mutating func tick(_ time: UnixTime) {
        now = time
        tellSilence(of: fleet.tick(at: time))
        earlySnapshots = 0
        refresh()
        charts.tick(snapshot.totals, fleet.latencyFlow, at: time)
    }

    /// - Returns: whether what is shown has changed before the next tick.
    @discardableResult
    package mutating func observe(_ events: [FleetEvent]) -> Bool {
        var isUrgent = false
        var news: [EventLine] = []
        for event in events { isUrgent = observe(event, &news) || isUrgent }
        log.append(contentsOf: news)
        guard isUrgent, earlySnapshots < Self.maximumEarlySnapshots else { return false }
        earlySnapshots += 1
        refresh()
        return true
    }

    /// Writes into the events what the operator did with the console.
    mutating func note(_ severity: Severity, _ words: SafeText) { log.append(line(severity, nil, words)) }

    package mutating func hear(_ answer: FleetAnswer) { answers.hear(answer) }

    /// Derives anew what is shown.
    private mutating func refresh() {
        let members = members ?? fleet.workers.keys.sorted()
        self.members = members
        snapshot = Snapshot(of: fleet, members: members, at: now, after: snapshot)
    }

    /// Workers that can be asked.
    var askable: [WorkerID] {
        (members ?? fleet.workers.keys.sorted()).filter { fleet.workers[$0]?.link == .live }
    }

    func line(_ severity: Severity, _ worker: WorkerID?, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: worker, words: words)
    }
}

// MARK: - Operations

extension World {
    /// Takes news of operations in, and tells in the events of what began, ended, or failed.
    mutating func tell(_ change: (inout OperationBoard) -> Void) { log.append(contentsOf: told(change)) }

    private mutating func told(_ change: (inout OperationBoard) -> Void) -> [EventLine] {
        let before = operations
        change(&operations)
        if let running = operations.running, before[running.id] == nil {
            charts.marks.add(.operation, SafeText(running.plan.kind.rawValue))
        }
        return OperationNarrator(now: now).lines(from: before, to: operations)
    }

    /// Whom to ask how the operations stand; nil while that is not due.
    mutating func operationsInformant(isWatched: Bool) -> WorkerID? {
        operations.question(in: fleet, at: now, isWatched: isWatched)
    }

    /// Asks again with the next tick: something has just been changed.
    mutating func askOperationsSoon() { operations.askSoon() }
}

// MARK: - Fleet events

extension World {
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
        case .control(let report):
            let fleet = fleet
            news += self.told { $0.hear(report, in: fleet) }
        }
        return true
    }

    private mutating func add(_ worker: WorkerID, _ news: inout [EventLine]) {
        guard fleet.workers[worker] == nil else { return }
        members = nil
        fleet.add(worker)
        news.append(line(.fine, worker, EventWords.appeared))
    }

    /// - Returns: whether it is the worker's first.
    private mutating func observe(_ sample: SharedSample, _ news: inout [EventLine]) -> Bool {
        let worker = sample.value.worker
        let before = WorkerGlance(fleet.workers[worker])
        if before.link == nil { members = nil }
        fleet.observe(sample, at: now)
        let after = WorkerGlance(fleet.workers[worker])
        news += FleetNarrator(now: now).lines(of: worker, from: before, to: after)
        charts.marks.note(from: before.heard?.value, to: sample.value)
        // Somebody has begun or ended something.
        if before.isMoving != after.isMoving { operations.askSoon() }
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
        let words = lookupFailure.map(EventWords.lookupFails) ?? EventWords.lookupWorks
        news.append(line(failure == nil ? .fine : .warning, nil, words))
    }

    private mutating func vanish(_ worker: WorkerID, _ news: inout [EventLine]) {
        guard let record = fleet.workers[worker] else { return }
        fleet.remove(worker, at: now)
        charts.marks.add(.gone, SafeText(worker))
        members = nil
        let isDrained = record.sample?.drain?.phase == .drained
        news.append(
            line(isDrained ? .notice : .warning, worker, isDrained ? EventWords.leftDrained : EventWords.vanished))
    }

    private mutating func tellSilence(of silent: [WorkerID]) {
        log.append(
            contentsOf: silent.compactMap { worker in
                guard case .stale(let reason) = fleet.workers[worker]?.link else { return nil }
                return line(.warning, worker, EventWords.stale(SafeText(reason)))
            })
    }
}
