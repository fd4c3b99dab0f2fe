/// A fleet as its reader knows it: every worker ever named, each with its last sample.
///
/// A value that is told what was heard and asked what it means; it reads no clock and opens no socket.
package struct Fleet: Sendable, Equatable {
    package private(set) var workers: [WorkerID: WorkerRecord] = [:]
    /// Messages out a second over all workers, oldest first.
    package private(set) var outHistory: [Double] = []
    /// What the workers recorded of latencies, by class and over time.
    package private(set) var latencyFlow = LatencyFlow()
    /// Closes by code, by second.
    package private(set) var closeTally = CloseTally()
    private var departures = Departures()

    /// Samples come once a second; after three missed ones a worker is stale.
    package static let staleAfter: Duration = .seconds(3)
    package static let historyLength = 60
    /// Percentiles are taken over this many samples, so that a quiet second does not make them jump.
    package static let latencyWindow = 10

    package init() {}

    /// All workers in the order of their names.
    package var ordered: [WorkerRecord] { workers.values.sorted { $0.id < $1.id } }

    /// Makes a worker known before it has said anything.
    package mutating func add(_ id: WorkerID) {
        if workers[id] == nil { workers[id] = WorkerRecord(id: id) }
    }

    /// Forgets a worker that no longer belongs to the fleet; the connections that it had are gone with it.
    package mutating func remove(_ id: WorkerID, at now: UnixTime) {
        if let last = workers[id]?.sample {
            departures.add(last, at: now)
            latencyFlow.add(from: workers[id]?.latencyMark, to: workers[id]?.heard)
        }
        workers[id] = nil
    }

    package mutating func observe(_ sample: WorkerSample, at now: UnixTime) {
        observe(SharedSample(sample), at: now)
    }

    package mutating func observe(_ sample: SharedSample, at now: UnixTime) {
        let worker = sample.value.worker
        if let last = workers[worker]?.heard {
            if last.value.startedAt != sample.value.startedAt { end(last, at: now) }
            closeTally.add(from: last, to: sample)
        }
        workers[worker, default: WorkerRecord(id: worker)].observe(sample, at: now)
    }

    /// A process is gone that another one has taken the place of.
    private mutating func end(_ last: SharedSample, at now: UnixTime) {
        departures.add(last.value, at: now)
        latencyFlow.add(from: workers[last.value.worker]?.latencyMark, to: last)
    }

    /// Takes what a worker counted beside its last sample.
    package mutating func note(_ tally: RoomTally, of id: WorkerID) {
        workers[id]?.tally = tally
    }

    package mutating func lose(_ id: WorkerID, because reason: String) {
        workers[id]?.link = .stale(reason)
    }

    /// Marks what has been silent too long; call it once a tick.
    /// - Returns: who fell silent with this tick, in the order of the names.
    @discardableResult
    package mutating func tick(at now: UnixTime) -> [WorkerID] {
        departures.tick(at: now)
        if latencyFlow.isStepOver(at: now) { endStep(at: now) }
        closeTally.tick()
        var silent: [WorkerID] = []
        var messagesOut = 0.0
        for index in workers.values.indices {
            if workers.values[index].hasFallenSilent(at: now) { silent.append(workers.values[index].id) }
            messagesOut += workers.values[index].liveMessagesOut
        }
        outHistory.append(messagesOut)
        if outHistory.count > Self.historyLength { outHistory.removeFirst() }
        return silent.sorted()
    }

    private mutating func endStep(at now: UnixTime) {
        for index in workers.values.indices {
            guard let heard = workers.values[index].heard else { continue }
            latencyFlow.add(from: workers.values[index].latencyMark, to: heard)
            workers.values[index].latencyMark = LatencyMark(heard)
        }
        latencyFlow.endStep(at: now)
    }

    /// Sums over every worker that is not stale; what stale ones held is told apart.
    package var totals: FleetTotals {
        FleetTotals(workers.values, departures)
    }
}

extension WorkerRecord {
    fileprivate mutating func observe(_ sample: SharedSample, at now: UnixTime) {
        let new = sample.value
        if let heard, let rates = WorkerRates(from: heard.value, to: new) {
            self.rates = rates
            drops = DropRate.between(heard.value, and: new)
            earlierLatency.append(heard.value.latency)
            if earlierLatency.count > Fleet.latencyWindow { earlierLatency.removeFirst() }
            latency = new.latency.since(earlierLatency[0])
            outHistory.append(rates.messagesOutPerSecond)
            if outHistory.count > Fleet.historyLength { outHistory.removeFirst() }
        } else if heard?.value.startedAt != new.startedAt {
            rates = WorkerRates()
            drops = []
            earlierLatency = []
            latency = LatencyHistogram()
            recentCloses = ChurnWindow()
            latencyMark = LatencyMark(sample)
        }
        recentCloses.add(new)
        heard = sample
        tally = nil
        heardAt = now
        link = .live
    }

    /// - Returns: whether the worker is stale from now on and was not before.
    fileprivate mutating func hasFallenSilent(at now: UnixTime) -> Bool {
        guard link == .live, let heardAt, heardAt.duration(to: now) > Fleet.staleAfter else { return false }
        link = .stale("no sample for over 3 s")
        return true
    }

    fileprivate var liveMessagesOut: Double { isStale ? 0 : rates.messagesOutPerSecond }
}
