/// A fleet as its reader knows it: every worker ever named, each with its last sample.
///
/// A value that is told what was heard and asked what it means; it reads no clock and opens no socket.
package struct Fleet: Sendable, Equatable {
    package private(set) var workers: [WorkerID: WorkerRecord] = [:]
    /// Messages out a second over all workers, oldest first.
    package private(set) var outHistory: [Double] = []

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

    /// Forgets a worker that no longer belongs to the fleet.
    package mutating func remove(_ id: WorkerID) {
        workers[id] = nil
    }

    package mutating func observe(_ sample: WorkerSample, at now: UnixTime) {
        workers[sample.worker, default: WorkerRecord(id: sample.worker)].observe(sample, at: now)
    }

    package mutating func lose(_ id: WorkerID, because reason: String) {
        workers[id]?.link = .stale(reason)
    }

    /// Marks what has been silent too long; call it once a tick.
    package mutating func tick(at now: UnixTime) {
        for id in workers.keys {
            guard let heardAt = workers[id]?.heardAt, workers[id]?.link == .live else { continue }
            if heardAt.duration(to: now) > Self.staleAfter { workers[id]?.link = .stale("no sample for over 3 s") }
        }
        outHistory.append(totals.rates.messagesOutPerSecond)
        if outHistory.count > Self.historyLength { outHistory.removeFirst() }
    }

    /// Sums over every worker that is not stale.
    package var totals: FleetTotals {
        FleetTotals(workers.values)
    }

    /// The most populated rooms over all live workers, largest first, each with its connections by worker.
    package func topRooms(limit: Int) -> [RoomSpread] {
        var spreads: [RoomName: RoomSpread] = [:]
        for record in workers.values where !record.isStale {
            for count in record.sample?.topRooms ?? [] {
                spreads[count.room, default: RoomSpread(room: count.room, criticality: count.criticality)]
                    .connections[record.id] = count.connections
            }
        }
        return Array(spreads.values.sorted { ($1.total, $0.room) < ($0.total, $1.room) }.prefix(limit))
    }
}

extension WorkerRecord {
    fileprivate mutating func observe(_ new: WorkerSample, at now: UnixTime) {
        if let sample, let rates = WorkerRates(from: sample, to: new) {
            self.rates = rates
            drops = DropRate.between(sample, and: new)
            earlierLatency.append(sample.latency)
            if earlierLatency.count > Fleet.latencyWindow { earlierLatency.removeFirst() }
            latency = new.latency.since(earlierLatency[0])
            outHistory.append(rates.messagesOutPerSecond)
            if outHistory.count > Fleet.historyLength { outHistory.removeFirst() }
        } else if sample?.startedAt != new.startedAt {
            rates = WorkerRates()
            drops = []
            earlierLatency = []
            latency = LatencyHistogram()
            recentCloses = ChurnWindow()
        }
        recentCloses.add(new)
        sample = new
        heardAt = now
        link = .live
    }
}

/// Connections of one room by worker.
package struct RoomSpread: Sendable, Equatable {
    package let room: RoomName
    /// As the workers have it: their rules decide.
    package let criticality: Criticality
    package internal(set) var connections: [WorkerID: Int] = [:]

    package var total: Int { connections.values.reduce(0, +) }

    /// How far the fullest worker lies above the mean of the given workers; 0.77 for 77% above.
    package func skew(over workers: Int) -> Double {
        guard workers > 0, total > 0 else { return 0 }
        return Double(connections.values.max() ?? 0) * Double(workers) / Double(total) - 1
    }
}
