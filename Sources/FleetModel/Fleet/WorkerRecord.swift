/// What is known of one worker: its last sample, how fast it moves, and whether it still speaks.
package struct WorkerRecord: Sendable, Equatable {
    /// How the reader's link to the worker stands.
    package enum Link: Sendable, Equatable {
        case connecting
        case live
        /// Nothing heard for longer than `Fleet.staleAfter`, or the link broke; the words say why.
        case stale(String)
    }

    package let id: WorkerID
    /// The id as it is shown.
    package let name: SafeText
    package internal(set) var link = Link.connecting
    /// The last sample.
    package internal(set) var heard: SharedSample?
    package internal(set) var rates = WorkerRates()
    /// What was dropped between the last two samples, most first.
    package internal(set) var drops: [DropRate] = []
    /// Latencies of the last `Fleet.latencyWindow` samples together.
    package internal(set) var latency = LatencyHistogram()
    /// When the last sample arrived, on the reader's clock.
    package internal(set) var heardAt: UnixTime?
    /// Rooms that were counted on request, at the time of the last sample; nil where none were.
    package internal(set) var tally: RoomTally?
    /// Messages out a second, oldest first, at most `Fleet.historyLength`.
    package internal(set) var outHistory: [Double] = []
    /// Closes in the last minute, by second.
    var recentCloses = ChurnWindow()
    /// The worker's histogram as it was in each sample of the window: what came since the first is `latency`.
    var earlierLatency: [LatencyHistogram] = []
    /// Up to where the fleet's flow of latencies has counted the worker.
    var latencyMark: LatencyMark?

    package init(id: WorkerID) {
        self.id = id
        name = SafeText(id)
    }

    package var sample: WorkerSample? { heard?.value }

    package var isStale: Bool {
        if case .stale = link { true } else { false }
    }

    /// Closes over the last minute as a part of the connections held, planned ones included; 0.05 for 5%.
    package var churnPerMinute: Double {
        guard let heard else { return 0 }
        return recentCloses.perMinute(connections: heard.value.connections)
    }

    package var plannedChurnPerMinute: Double {
        guard let heard else { return 0 }
        return recentCloses.plannedPerMinute(connections: heard.value.connections)
    }
}

/// Closes of the last minute, in the samples that told of them.
struct ChurnWindow: Sendable, Equatable {
    private var entries: [(time: UnixTime, closed: UInt64, planned: UInt64)] = []

    static let length: Duration = .seconds(60)

    mutating func add(_ sample: WorkerSample) {
        let closed = sample.closedTotal
        // A worker that counts backwards counts anew.
        if let last = entries.last, closed < last.closed || sample.plannedClosesTotal < last.planned { entries = [] }
        entries.append((sample.time, closed, sample.plannedClosesTotal))
        let start = sample.time.advanced(by: .zero - Self.length)
        while entries.count > 2, entries[1].time <= start { entries.removeFirst() }
    }

    var closes: UInt64 { difference { $0.closed } }
    var plannedCloses: UInt64 { difference { $0.planned } }

    func perMinute(connections: Int) -> Double { part(closes, of: connections) }
    func plannedPerMinute(connections: Int) -> Double { part(plannedCloses, of: connections) }

    private func part(_ closes: UInt64, of connections: Int) -> Double {
        closes == 0 ? 0 : Double(closes) / Double(max(connections + Int(closes), 1))
    }

    private func difference(_ field: ((time: UnixTime, closed: UInt64, planned: UInt64)) -> UInt64) -> UInt64 {
        guard let first = entries.first, let last = entries.last else { return 0 }
        return field(last) - field(first)
    }

    static func == (left: Self, right: Self) -> Bool {
        left.entries.elementsEqual(right.entries) { $0 == $1 }
    }
}
