import AdminAPI
import AdminClient
import FleetModel

/// The clients of a fleet, printed in the order of their workers.
struct ConnectionListing {
    private struct Row {
        let worker: WorkerID
        let info: ConnectionInfo
    }

    private let rows: [Row]
    /// Of all workers, shown or not.
    let total: Int
    let failures: [AdminFailure]

    init(_ answers: [(WorkerID, Result<Page<ConnectionInfo>, AdminFailure>)], limit: Int) {
        var (rows, total, failures): ([Row], Int, [AdminFailure]) = ([], 0, [])
        for (worker, answer) in answers {
            switch answer {
            case .success(let page):
                rows += page.items.map { Row(worker: worker, info: $0) }
                total += page.total
            case .failure(let failure): failures.append(failure)
            }
        }
        self.rows = Array(rows.prefix(limit))
        (self.total, self.failures) = (total, failures)
    }

    func text(as format: OutputFormat) -> String {
        switch format {
        case .table: table(wide: false)
        case .wide: table(wide: true)
        case .json: OutputRecord.json(rows.map { OutputRecord($0.info, on: $0.worker) })
        case .csv: OutputRecord.csv(rows.map { OutputRecord($0.info, on: $0.worker) }, columns: Self.csvColumns)
        }
    }

    private static let csvColumns = [
        "connection_id", "worker", "user_id", "role", "remote_address", "connected_at", "last_heard_at", "queue_bytes",
        "queue_messages", "heartbeat_due_at", "pinged_at", "stalled_since",
    ]

    private func table(wide: Bool) -> String {
        let heads: [TextTable.Column] = [
            .init("CONNECTION", .left), .init("WORKER", .left), .init("USER", .left), .init("ROLE", .left),
            .init("ADDRESS", .left), .init("SINCE", .left), .init("QUEUE"), .init("ROOMS", wide ? .left : .right),
        ]
        var table = TextTable(heads)
        table.rows = rows.map { Self.cells($0, wide: wide) }
        let rest = total - rows.count
        return table.text + (rest > 0 ? "\n… \(rest) more connections; --limit 0 prints all" : "")
    }

    private static func cells(_ row: Row, wide: Bool) -> [SafeText] {
        let info = row.info
        let rooms = wide ? SafeText(info.rooms.map(\.rawValue).joined(separator: " ")) : Figures.exact(info.rooms.count)
        return [
            SafeText(info.connectionID), SafeText(row.worker), SafeText(info.userID ?? "-"), SafeText(info.role ?? "-"),
            SafeText(info.remoteAddress), SafeText(info.connectedAt.description), Figures.bytes(info.queueBytes), rooms,
        ]
    }
}

extension OutputRecord {
    /// A client under the names of the admin API.
    init(_ info: ConnectionInfo, on worker: WorkerID) {
        self.init(fields: [
            ("connection_id", .text(info.connectionID)), ("worker", .worker(worker)), ("user_id", .text(info.userID)),
            ("role", .text(info.role)), ("remote_address", .text(info.remoteAddress)),
            ("connected_at", .time(info.connectedAt)), ("last_heard_at", .time(info.lastHeardAt)),
            ("queue_bytes", .integer(info.queueBytes.bytes)), ("queue_messages", .integer(info.queueMessages)),
            ("heartbeat_due_at", .time(info.heartbeat.dueAt)), ("pinged_at", .time(info.heartbeat.pingedAt)),
            ("stalled_since", .time(info.heartbeat.stalledSince)),
            ("rooms", .list(info.rooms.map { .text(SafeText($0)) })),
        ])
    }
}
