import FleetModel

/// The workers of a fleet, printed.
struct WorkerListing {
    private let fleet: Fleet

    init(_ fleet: Fleet) {
        self.fleet = fleet
    }

    func text(as format: OutputFormat) -> String {
        let records = fleet.ordered
        return switch format {
        case .table: table(records, columns: WorkerColumn.standard)
        case .wide: table(records, columns: WorkerColumn.allCases)
        case .json: OutputRecord.json(records.map { OutputRecord($0, in: fleet) })
        case .csv: OutputRecord.csv(records.map { OutputRecord($0, in: fleet) }, columns: Self.csvColumns)
        }
    }

    /// Those of the contract first, so that a script may count columns.
    private static let csvColumns = OutputRecord(WorkerRecord(id: WorkerID("")), in: Fleet()).fields
        .map(\.name).filter { !nested.contains($0) }

    /// Fields that hold more than one value, for which CSV has no place.
    private static let nested: Set<String> = ["drain", "breakers", "storm", "drops"]

    private func table(_ records: [WorkerRecord], columns: [WorkerColumn]) -> String {
        var table = TextTable(columns.map { TextTable.Column($0.title, $0.alignment) })
        table.rows = records.map { record in columns.map { $0.cell(of: record, in: fleet) } }
        if records.count > 1 { table.rows.append(columns.map { $0.total(of: fleet.totals) }) }
        return table.text
    }
}

extension OutputRecord {
    /// A worker under the names of the contract; what is not known of it is null.
    init(_ record: WorkerRecord, in fleet: Fleet) {
        self.init(
            fields: Self.identity(record) + Self.counters(record) + Self.gauges(record) + Self.extras(record, fleet)
                + Self.resilience(record.sample))
    }

    private static func identity(_ record: WorkerRecord) -> [(String, OutputValue)] {
        let sample = record.sample
        return [
            ("id", .worker(record.id)),
            ("node", .text(sample?.node)),
            ("state", .text(sample?.state.rawValue)),
            ("connections", integer(sample?.connections)),
            ("rooms", integer(sample?.rooms)),
        ]
    }

    private static func counters(_ record: WorkerRecord) -> [(String, OutputValue)] {
        let sample = record.sample
        return [
            ("messages_in_total", integer(sample?.messagesIn.total)),
            ("messages_out_total", integer(sample?.messagesOut.total)),
            ("send_errors_total", integer(sample?.sendErrorsTotal)),
            ("dropped_total", integer(sample?.dropped.total)),
            ("latency_p50_seconds", .seconds(record.latency.quantile(0.5))),
            ("latency_p95_seconds", .seconds(record.latency.quantile(0.95))),
            ("latency_p99_seconds", .seconds(record.latency.quantile(0.99))),
            ("churn_per_minute", sample == nil ? .none : .number(record.churnPerMinute)),
        ]
    }

    private static func gauges(_ record: WorkerRecord) -> [(String, OutputValue)] {
        let sample = record.sample
        return [
            ("loop_lag_seconds", .seconds(sample?.loopLag)),
            ("queue_bytes", integer(sample?.queueBytes.bytes)),
            ("open_fds", integer(sample?.openFDs)),
            ("max_fds", integer(sample?.maxFDs)),
            ("memory_bytes", integer(sample?.memory.bytes)),
            ("redis_breaker", .text(sample?.redisBreaker.rawValue)),
            ("uptime_seconds", .seconds(sample.map { $0.startedAt.duration(to: $0.time) })),
            ("stale", .boolean(record.isStale || sample == nil)),
        ]
    }

    private static func extras(_ record: WorkerRecord, _ fleet: Fleet) -> [(String, OutputValue)] {
        let sample = record.sample
        return [
            ("stale_reason", .text(record.staleReason)),
            ("degraded", .text(sample?.degraded)),
            ("share", sample == nil ? .none : .number(record.share(of: fleet))),
            ("messages_in_per_second", rate(record, \.messagesInPerSecond)),
            ("messages_out_per_second", rate(record, \.messagesOutPerSecond)),
            ("errors_per_second", rate(record, \.errorsPerSecond)),
            ("cpu", rate(record, \.cpu)),
            ("connections_total", integer(sample?.connectionsTotal)),
            ("pid", integer(sample?.pid)),
            ("version", .text(sample?.version)),
            ("sampled_at", .time(sample?.time)),
            ("drain", sample?.drain.map { .record(OutputRecord($0)) } ?? .none),
        ]
    }

    private static func resilience(_ sample: WorkerSample?) -> [(String, OutputValue)] {
        [
            ("degradation", .text(sample?.degradationLevel.rawValue)),
            ("degradation_since", .time(sample?.degradation?.since)),
            ("degradation_reason", .text(sample?.degradation?.reason)),
            ("redis_primary", .text(sample?.redisPrimary)),
            ("redis_round_trip_seconds", .seconds(sample?.redisRoundTrip)),
            ("echo_age_seconds", .seconds(sample?.echoAge)),
            ("breakers", list(sample?.breakers) { OutputRecord(fields: fields(of: $0)) }),
            ("drops", list(sample?.drops) { OutputRecord($0) }),
            ("storm", sample?.storm.map { .record(OutputRecord($0)) } ?? .none),
        ]
    }

    private static func list<Item>(_ items: [Item]?, _ record: (Item) -> OutputRecord) -> OutputValue {
        items.map { .list($0.map { .record(record($0)) }) } ?? .none
    }

    private init(_ drop: DropCount) {
        self.init(fields: [
            ("class", .text(drop.criticality.rawValue)), ("reason", .text(drop.reason.rawValue)),
            ("count", .integer(drop.count)),
        ])
    }

    private init(_ storm: StormReport) {
        self.init(fields: [
            ("since", .time(storm.since)), ("connects_per_second", .number(storm.connectsPerSecond)),
            ("baseline_per_second", .number(storm.baselinePerSecond)),
        ])
    }

    private static func integer(_ value: (some BinaryInteger)?) -> OutputValue { value.map { .integer($0) } ?? .none }

    private static func rate(_ record: WorkerRecord, _ path: KeyPath<WorkerRates, Double>) -> OutputValue {
        record.sample == nil ? .none : .number(record.rates[keyPath: path])
    }
}

extension WorkerSample {
    var degradationLevel: DegradationLevel { degradation?.level ?? .normal }
}

extension WorkerRecord {
    var staleReason: String? {
        switch link {
        case .connecting: "not heard of yet"
        case .live: nil
        case .stale(let reason): reason
        }
    }

    /// The part of the fleet's connections that this worker holds.
    func share(of fleet: Fleet) -> Double {
        Double(sample?.connections ?? 0) / Double(max(fleet.totals.connections, 1))
    }
}
