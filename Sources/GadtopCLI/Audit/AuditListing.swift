import AdminAPI
import FleetModel

/// Audit records, printed.
struct AuditListing {
    let records: [AuditRecord]

    @MainActor
    static func print(_ options: GetOptions, limit: Int) async throws {
        let reader = AuditReader(desk: try await ConnectedFleet.open(options.fleet).desk)
        try await options.print {
            let records = try await reading { () throws(AdminError) in try await reader.latest(limit) }
            return Look(text: AuditListing(records: records).text(as: options.output))
        }
    }

    func text(as format: OutputFormat) -> String {
        switch format {
        case .table: table(wide: false)
        case .wide: table(wide: true)
        case .json: OutputRecord.json(records.map { OutputRecord($0) })
        case .csv: OutputRecord.csv(records.map { OutputRecord($0) }, columns: Self.csvColumns)
        }
    }

    private static let csvColumns = [
        "sequence", "time", "kind", "worker", "identity", "origin", "role", "action", "target", "reason", "plan_hash",
        "operation", "before", "after", "outcome", "id", "begun", "previous_hash", "hash",
    ]

    private func table(wide: Bool) -> String {
        let heads: [TextTable.Column] = [
            .init("#"), .init("TIME", .left), .init("WHO", .left), .init("KIND", .left), .init("ACTION", .left),
            .init("TARGET", .left),
        ]
        let more: [TextTable.Column] =
            wide
            ? [
                .init("ROLE", .left), .init("FROM", .left), .init("ASKED", .left), .init("OPERATION", .left),
                .init("BEFORE", .left), .init("AFTER", .left), .init("HASH", .left),
            ] : []
        var table = TextTable(heads + more + [.init("OUTCOME", .left), .init("REASON", .left)])
        table.rows = records.map { row($0, wide: wide) }
        return table.text
    }

    private func row(_ record: AuditRecord, wide: Bool) -> [SafeText] {
        let event = record.event
        let cells: [SafeText] = [
            "\(record.sequence)", SafeText(event.time.description), SafeText(event.identity),
            SafeText(event.kind.rawValue), SafeText(event.action), SafeText(event.target),
        ]
        let more: [SafeText] =
            wide
            ? [
                SafeText(event.role?.rawValue ?? "none"), SafeText(event.origin), SafeText(event.worker),
                SafeText(event.operation ?? ""), SafeText(event.before ?? ""), SafeText(event.after ?? ""),
                SafeText(record.hash).prefix(12),
            ] : []
        return cells + more + [SafeText(event.outcome ?? ""), SafeText(event.reason ?? "")]
    }
}

extension OutputRecord {
    /// An audit record under the names of the admin API.
    init(_ record: AuditRecord) {
        let event = record.event
        self.init(fields: [
            ("sequence", .integer(record.sequence)), ("time", .time(event.time)), ("kind", .text(event.kind.rawValue)),
            ("worker", .worker(event.worker)), ("identity", .text(event.identity)), ("origin", .text(event.origin)),
            ("role", .text(event.role?.rawValue)), ("action", .text(event.action)), ("target", .text(event.target)),
            ("reason", .text(event.reason)), ("plan_hash", .text(event.planHash)),
            ("operation", .text(event.operation)), ("before", .text(event.before)), ("after", .text(event.after)),
            ("outcome", .text(event.outcome)), ("id", .text(event.id)), ("begun", .text(event.begun)),
            ("previous_hash", .text(record.previousHash)), ("hash", .text(record.hash)),
        ])
    }
}
