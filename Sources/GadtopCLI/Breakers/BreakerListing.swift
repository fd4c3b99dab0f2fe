import FleetModel

/// The breakers of a fleet's workers, printed. A worker that does not answer has none to show.
struct BreakerListing {
    private struct Entry {
        let sample: WorkerSample
        let report: BreakerReport

        /// On the worker's clock, on which both times are.
        var age: Duration { report.since.duration(to: sample.time) }
    }

    private let entries: [Entry]

    /// In the order of the workers' names.
    init(_ fleet: Fleet) {
        entries = fleet.ordered.filter { !$0.isStale }.compactMap(\.sample).flatMap { sample in
            sample.breakers.map { Entry(sample: sample, report: $0) }
        }
    }

    func text(as format: OutputFormat) -> String {
        switch format {
        case .table: table(wide: false)
        case .wide: table(wide: true)
        case .json: OutputRecord.json(entries.map(record))
        case .csv: OutputRecord.csv(entries.map(record), columns: Self.csvColumns)
        }
    }

    private static let csvColumns = [
        "worker", "name", "state", "since", "age_seconds", "failures_total", "refused_total", "reason", "held_by",
        "held_until",
        "redis_primary",
    ]

    private func table(wide: Bool) -> String {
        let heads: [TextTable.Column] = [
            .init("WORKER", .left), .init("BREAKER", .left), .init("STATE", .left), .init("SINCE"), .init("FAILURES"),
            .init("REFUSED"),
        ]
        let wideHeads: [TextTable.Column] = wide ? [.init("TIME", .left), .init("PRIMARY", .left)] : []
        var table = TextTable(heads + wideHeads + [.init("REASON", .left)])
        table.rows = entries.map { row($0, wide: wide) }
        return table.text
    }

    private func row(_ entry: Entry, wide: Bool) -> [SafeText] {
        let report = entry.report
        let cells: [SafeText] = [
            SafeText(entry.sample.worker), SafeText(report.name.rawValue), SafeText(report.state.rawValue),
            Figures.age(entry.age), Figures.exact(report.failuresTotal), Figures.exact(report.refusedTotal),
        ]
        let more = wide ? [SafeText(report.since.description), SafeText(entry.sample.redisPrimary)] : []
        return cells + more + [report.override.map(Self.words) ?? SafeText(report.reason ?? "")]
    }

    /// Who holds a breaker stands before the failure that it knew last.
    private static func words(_ override: BreakerOverride) -> SafeText {
        "held by \(SafeText(override.by)) until \(SafeText(override.until.description))"
            + (override.reason.map { ": \(SafeText($0))" } ?? "")
    }

    private func record(_ entry: Entry) -> OutputRecord {
        OutputRecord(
            fields: [("worker", .worker(entry.sample.worker))] + OutputRecord.fields(of: entry.report) + [
                ("age_seconds", .seconds(entry.age)), ("redis_primary", .text(entry.sample.redisPrimary)),
            ])
    }
}

extension OutputRecord {
    /// A breaker under the names of the admin API.
    static func fields(of report: BreakerReport) -> [(String, OutputValue)] {
        [
            ("name", .text(report.name.rawValue)), ("state", .text(report.state.rawValue)),
            ("since", .time(report.since)), ("failures_total", .integer(report.failuresTotal)),
            ("refused_total", .integer(report.refusedTotal)), ("reason", .text(report.reason)),
            ("held_by", .text(report.override?.by)), ("held_until", .time(report.override?.until)),
        ]
    }
}
