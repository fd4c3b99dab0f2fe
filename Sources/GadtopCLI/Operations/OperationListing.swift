import AdminAPI
import FleetModel

/// Operations, printed.
struct OperationListing {
    let records: [OperationRecord]

    private static let limit = 50

    @MainActor
    static func print(_ options: GetOptions) async throws {
        let fleet = try await ConnectedFleet.open(options.fleet)
        try await options.print {
            let records = try await reading { () throws(AdminError) in try await fleet.desk.operations(limit: limit) }
            return Look(text: OperationListing(records: records).text(as: options.output))
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
        "id", "operation", "phase", "outcome", "progress", "leader", "origin", "reason", "started_at", "updated_at",
        "message",
    ]

    private func table(wide: Bool) -> String {
        let heads: [TextTable.Column] = [
            .init("ID", .left), .init("OPERATION", .left), .init("STATUS", .left), .init("DONE"),
            .init("LEADER", .left), .init("STARTED", .left),
        ]
        let more: [TextTable.Column] = wide ? [.init("ORIGIN", .left), .init("REASON", .left)] : []
        var table = TextTable(heads + more + [.init("MESSAGE", .left)])
        table.rows = records.map { row($0, wide: wide) }
        return table.text
    }

    private func row(_ record: OperationRecord, wide: Bool) -> [SafeText] {
        let status = record.outcome?.status.rawValue ?? record.state.phase.rawValue
        let cells: [SafeText] = [
            SafeText(record.id), SafeText(record.plan.kind.rawValue), SafeText(status),
            Figures.percent(record.state.progress), SafeText(record.leader), SafeText(record.startedAt.description),
        ]
        let more = wide ? [SafeText(record.origin), SafeText(record.reason ?? "")] : []
        return cells + more + [SafeText(record.outcome?.words ?? record.state.note)]
    }
}
