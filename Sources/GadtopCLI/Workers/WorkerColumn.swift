import FleetModel

/// The columns of the table of workers, from the left.
enum WorkerColumn: CaseIterable {
    case worker, state, connections, share, rooms, messagesIn, messagesOut, p50, p95, p99, queue, lag, churn, errors
    case dropped, descriptors, memory, breaker, degradation, primary, roundTrip, age, node, version, pid, note

    static let standard = allCases.filter { !wideOnly.contains($0) }
    private static let wideOnly: Set<WorkerColumn> = [
        .errors, .dropped, .degradation, .primary, .roundTrip, .node, .version, .pid, .note,
    ]

    var title: SafeText {
        switch self {
        case .worker: "WORKER"
        case .state: "STATE"
        case .connections: "CONNS"
        case .share: "SHARE"
        case .rooms: "ROOMS"
        case .messagesIn: "IN/S"
        case .messagesOut: "OUT/S"
        case .p50: "P50"
        case .p95: "P95"
        case .p99: "P99"
        case .queue: "QUEUE"
        case .lag: "LAG"
        case .churn: "CHURN"
        case .errors: "ERRORS"
        case .dropped: "DROPPED"
        case .descriptors: "FDS"
        case .memory: "MEM"
        case .breaker: "BREAKER"
        case .degradation: "DEGRADATION"
        case .primary: "REDIS"
        case .roundTrip: "RTT"
        case .age: "AGE"
        case .node: "NODE"
        case .version: "VERSION"
        case .pid: "PID"
        case .note: "NOTE"
        }
    }

    var alignment: TextTable.Column.Alignment {
        switch self {
        case .worker, .state, .breaker, .degradation, .primary, .node, .version, .note: .left
        case .connections, .share, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn, .errors,
            .dropped, .descriptors, .memory, .roundTrip, .age, .pid:
            .right
        }
    }

    /// What the worker's row shows; a worker never heard of shows its name and why.
    func cell(of record: WorkerRecord, in fleet: Fleet) -> SafeText {
        record.sample.map { cell(of: record, $0, in: fleet) } ?? unknown(record)
    }

    private func unknown(_ record: WorkerRecord) -> SafeText {
        switch self {
        case .worker: SafeText(record.id)
        case .state: "stale"
        case .note: SafeText(record.staleReason ?? "")
        case .connections, .share, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn, .errors,
            .dropped, .descriptors, .memory, .breaker, .degradation, .primary, .roundTrip, .age, .node, .version, .pid:
            Figures.none
        }
    }

    private func cell(of record: WorkerRecord, _ sample: WorkerSample, in fleet: Fleet) -> SafeText {
        switch self {
        case .worker: SafeText(record.id)
        case .state: record.isStale ? "stale" : SafeText(sample.state.rawValue)
        case .connections: Figures.exact(sample.connections)
        case .share: Figures.tenths(percent: record.share(of: fleet))
        case .rooms: Figures.exact(sample.rooms)
        case .messagesIn: Figures.rate(record.rates.messagesInPerSecond)
        case .messagesOut: Figures.rate(record.rates.messagesOutPerSecond)
        case .p50: Figures.latency(record.latency.quantile(0.5))
        case .p95: Figures.latency(record.latency.quantile(0.95))
        case .p99: Figures.latency(record.latency.quantile(0.99))
        case .queue: Figures.bytes(sample.queueBytes)
        case .lag: Figures.latency(sample.loopLag)
        case .churn: Figures.tenths(percent: record.churnPerMinute)
        case .errors: Figures.exact(sample.errorsTotal)
        case .dropped: Figures.exact(sample.dropped.total)
        case .descriptors: Figures.tenths(percent: Double(sample.openFDs) / Double(max(sample.maxFDs, 1)))
        case .memory: Figures.bytes(sample.memory)
        case .breaker: breakers(sample)
        case .degradation: SafeText(sample.degradationLevel.rawValue)
        case .primary: SafeText(sample.redisPrimary)
        case .roundTrip: Figures.latency(sample.redisRoundTrip)
        case .age: Figures.age(sample.startedAt.duration(to: sample.time))
        case .node: SafeText(sample.node)
        case .version: SafeText(sample.version)
        case .pid: "\(sample.pid)"
        case .note: SafeText(record.staleReason ?? sample.degradation?.reason ?? sample.degraded ?? "")
        }
    }

    /// The worst state, and whose it is where one is not closed.
    private func breakers(_ sample: WorkerSample) -> SafeText {
        guard let worst = sample.worstBreaker else { return SafeText(sample.redisBreaker.rawValue) }
        let state = SafeText(worst.state.rawValue)
        return worst.state == .closed ? state : "\(SafeText(worst.name.rawValue)) \(state)"
    }

    /// The row below the workers: sums over all that are not stale.
    func total(of totals: FleetTotals) -> SafeText {
        switch self {
        case .worker: "total"
        case .state: totals.stale > 0 ? "\(totals.stale) stale" : ""
        case .connections: Figures.exact(totals.connections)
        case .messagesIn: Figures.rate(totals.rates.messagesInPerSecond)
        case .messagesOut: Figures.rate(totals.rates.messagesOutPerSecond)
        case .p50: Figures.latency(totals.latency.quantile(0.5))
        case .p95: Figures.latency(totals.latency.quantile(0.95))
        case .p99: Figures.latency(totals.latency.quantile(0.99))
        case .churn: Figures.tenths(percent: totals.churnPerMinute)
        case .errors: Figures.exact(totals.errors)
        case .dropped: Figures.exact(totals.dropped)
        case .share, .rooms, .queue, .lag, .descriptors, .memory, .breaker, .degradation, .primary, .roundTrip, .age,
            .node, .version,
            .pid, .note:
            ""
        }
    }
}
