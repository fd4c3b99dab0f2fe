import FleetModel

/// Everything about one worker that is derived once a tick, so that judging and drawing only compare and format.
struct WorkerFigures: Sendable {
    let id: WorkerID
    let name: SafeText
    let link: WorkerRecord.Link
    let heard: SharedSample?
    let heardAt: UnixTime?
    let rates: WorkerRates
    let drops: [DropRate]
    /// The worst of the worker's breakers.
    let breaker: BreakerReport?
    let impairment: Impairment?
    let outHistory: [Double]
    /// Of the last `Fleet.latencyWindow` samples.
    let latency: LatencyHistogram
    /// Messages behind the percentiles.
    let latencyCount: UInt64
    let p50: Duration?
    let p95: Duration?
    let p99: Duration?
    let churn: Double
    let plannedChurn: Double
    /// Part of the live fleet's connections; nil when the worker is not live.
    let share: Double?
    /// Of the active workers; 0 when fewer than two are active, since one cannot be hotter than the others.
    let meanConnections: Double

    init(_ record: WorkerRecord, of totals: FleetTotals) {
        id = record.id
        name = record.name
        link = record.link
        heard = record.heard
        heardAt = record.heardAt
        rates = record.rates
        drops = record.drops
        breaker = record.heard?.value.worstBreaker
        impairment = record.heard.flatMap { Impairment($0.value) }
        outHistory = record.outHistory
        latency = record.latency
        latencyCount = record.latency.count
        p50 = record.latency.quantile(0.50)
        p95 = record.latency.quantile(0.95)
        p99 = record.latency.quantile(0.99)
        churn = record.churnPerMinute
        plannedChurn = record.plannedChurnPerMinute
        meanConnections = totals.active > 1 ? Double(totals.activeConnections) / Double(totals.active) : 0
        share = record.link == .live ? Self.share(record.heard, of: totals.connections) : nil
    }

    var sample: WorkerSample? { heard?.value }

    var unplannedChurn: Double { max(0, churn - plannedChurn) }

    /// Part of the descriptor limit in use.
    var fdsPart: Double {
        guard let sample = heard?.value, sample.maxFDs > 0 else { return 0 }
        return Double(sample.openFDs) / Double(sample.maxFDs)
    }

    /// What the STATE column says: a link that is not live matters more than what was last said through it, and what
    /// an active worker leaves undone more than that it is active.
    var stateWord: SafeText {
        switch link {
        case .connecting: WorkerWords.waiting
        case .stale: WorkerWords.stale
        case .live: heard.map { liveWord($0.value) } ?? WorkerWords.waiting
        }
    }

    private func liveWord(_ sample: WorkerSample) -> SafeText {
        guard sample.state == .active, let impairment else { return WorkerWords.state(sample.state) }
        return ResilienceWords.state(impairment.level)
    }

    private static func share(_ heard: SharedSample?, of connections: Int) -> Double? {
        heard.map { connections > 0 ? Double($0.value.connections) / Double(connections) : 0 }
    }
}
