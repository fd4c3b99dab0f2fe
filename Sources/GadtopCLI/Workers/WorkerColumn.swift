import FleetModel

/// The columns of the table of workers, from the left.
enum WorkerColumn: CaseIterable {
    case worker, state, connections, share, rooms, messagesIn, messagesOut, p50, p95, p99, queue, lag, churn, errors
    case dropped, descriptors, memory, breaker, age, node, version, pid, note

    static let standard = allCases.filter { !wideOnly.contains($0) }
    private static let wideOnly: Set<WorkerColumn> = [.errors, .dropped, .node, .version, .pid, .note]

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
        case .age: "AGE"
        case .node: "NODE"
        case .version: "VERSION"
        case .pid: "PID"
        case .note: "NOTE"
        }
    }

    var alignment: TextTable.Column.Alignment {
        switch self {
        case .worker, .state, .breaker, .node, .version, .note: .left
        case .connections, .share, .rooms, .messagesIn, .messagesOut, .p50, .p95, .p99, .queue, .lag, .churn, .errors,
            .dropped, .descriptors, .memory, .age, .pid:
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
            .dropped, .descriptors, .memory, .breaker, .age, .node, .version, .pid:
            Figure.none
        }
    }

    private func cell(of record: WorkerRecord, _ sample: WorkerSample, in fleet: Fleet) -> SafeText {
        switch self {
        case .worker: SafeText(record.id)
        case .state: record.isStale ? "stale" : SafeText(sample.state.rawValue)
        case .connections: Figure.count(sample.connections)
        case .share: Figure.percent(record.share(of: fleet))
        case .rooms: Figure.count(sample.rooms)
        case .messagesIn: Figure.rate(record.rates.messagesInPerSecond)
        case .messagesOut: Figure.rate(record.rates.messagesOutPerSecond)
        case .p50: Figure.latency(record.latency.quantile(0.5))
        case .p95: Figure.latency(record.latency.quantile(0.95))
        case .p99: Figure.latency(record.latency.quantile(0.99))
        case .queue: Figure.bytes(sample.queueBytes)
        case .lag: Figure.latency(sample.loopLag)
        case .churn: Figure.percent(record.churnPerMinute)
        case .errors: Figure.count(sample.errorsTotal)
        case .dropped: Figure.count(sample.dropped.total)
        case .descriptors: Figure.percent(Double(sample.openFDs) / Double(max(sample.maxFDs, 1)))
        case .memory: Figure.bytes(sample.memory)
        case .breaker: SafeText(sample.redisBreaker.rawValue)
        case .age: Figure.span(sample.startedAt.duration(to: sample.time))
        case .node: SafeText(sample.node)
        case .version: SafeText(sample.version)
        case .pid: "\(sample.pid)"
        case .note: SafeText(record.staleReason ?? sample.degraded ?? "")
        }
    }

    /// The row below the workers: sums over all that are not stale.
    func total(of totals: FleetTotals) -> SafeText {
        switch self {
        case .worker: "total"
        case .state: totals.stale > 0 ? "\(totals.stale) stale" : ""
        case .connections: Figure.count(totals.connections)
        case .messagesIn: Figure.rate(totals.rates.messagesInPerSecond)
        case .messagesOut: Figure.rate(totals.rates.messagesOutPerSecond)
        case .p50: Figure.latency(totals.latency.quantile(0.5))
        case .p95: Figure.latency(totals.latency.quantile(0.95))
        case .p99: Figure.latency(totals.latency.quantile(0.99))
        case .churn: Figure.percent(totals.churnPerMinute)
        case .errors: Figure.count(totals.errors)
        case .dropped: Figure.count(totals.dropped)
        case .share, .rooms, .queue, .lag, .descriptors, .memory, .breaker, .age, .node, .version, .pid, .note: ""
        }
    }
}
