import FleetModel

/// One worker as the table shows it: everything derived once a tick, so that drawing only formats.
package struct WorkerRow: Sendable {
    /// Calm figures that changed visibly since the tick before.
    struct Changes: OptionSet {
        let rawValue: Int
        static let state = Changes(rawValue: 1 << 0)
        static let connections = Changes(rawValue: 1 << 1)
        static let rooms = Changes(rawValue: 1 << 2)
        static let breaker = Changes(rawValue: 1 << 3)

        /// Connections that come and go are no news; a hundredth of them is.
        static let visiblePart = 0.01
    }

    package let id: WorkerID
    let name: SafeText
    let link: WorkerRecord.Link
    let sample: WorkerSample?
    let heardAt: UnixTime?
    let rates: WorkerRates
    let outHistory: [Double]
    /// Messages behind the percentiles.
    let latencyCount: UInt64
    let p50: Duration?
    let p95: Duration?
    let p99: Duration?
    let churn: Double
    let plannedChurn: Double
    /// Part of the live fleet's connections; nil when the worker is not live.
    let share: Double?
    var changes: Changes = []
    /// Worst first.
    package var findings: [Finding] = []

    init(_ record: WorkerRecord, fleetConnections: Int) {
        id = record.id
        name = SafeText(record.id)
        link = record.link
        sample = record.sample
        heardAt = record.heardAt
        rates = record.rates
        outHistory = record.outHistory
        latencyCount = record.latency.count
        p50 = record.latency.quantile(0.50)
        p95 = record.latency.quantile(0.95)
        p99 = record.latency.quantile(0.99)
        churn = record.churnPerMinute
        plannedChurn = record.plannedChurnPerMinute
        share = record.link == .live ? Self.share(record.sample, of: fleetConnections) : nil
    }

    var isStale: Bool {
        if case .stale = link { true } else { false }
    }

    package var severity: Severity { findings.first?.severity ?? .fine }
    var unplannedChurn: Double { max(0, churn - plannedChurn) }

    /// Part of the descriptor limit in use.
    var fdsPart: Double {
        guard let sample, sample.maxFDs > 0 else { return 0 }
        return Double(sample.openFDs) / Double(sample.maxFDs)
    }

    /// What the STATE column says; a link that is not live matters more than what was last said through it.
    var stateWord: SafeText {
        switch link {
        case .connecting: "waiting"
        case .stale: "stale"
        case .live: sample.map { SafeText($0.state.rawValue) } ?? "waiting"
        }
    }

    func severity(of kinds: Finding.Kind...) -> Severity {
        findings.lazy.filter { kinds.contains($0.kind) }.map(\.severity).max() ?? .fine
    }

    /// Compares with the row of the tick before.
    mutating func markChanges(since earlier: WorkerRow) {
        guard let sample, let before = earlier.sample else { return }
        if earlier.stateWord != stateWord { changes.insert(.state) }
        if before.redisBreaker != sample.redisBreaker { changes.insert(.breaker) }
        if before.rooms != sample.rooms { changes.insert(.rooms) }
        let visible = max(1, Double(before.connections) * Changes.visiblePart)
        if Double(abs(sample.connections - before.connections)) >= visible { changes.insert(.connections) }
    }

    private static func share(_ sample: WorkerSample?, of connections: Int) -> Double? {
        sample.map { connections > 0 ? Double($0.connections) / Double(connections) : 0 }
    }
}
