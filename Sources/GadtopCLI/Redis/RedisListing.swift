import AdminAPI
import FleetModel
import FoundationEssentials

/// What a worker says of Redis, printed.
struct RedisListing {
    private let report: RedisReport

    init(_ report: RedisReport) {
        self.report = report
    }

    /// JSON is an array of one report, under the names of the admin API; CSV has a line for each server.
    func text(as format: OutputFormat) throws -> String {
        switch format {
        case .table: ([summary, servers.text, sentinels?.text].compactMap { $0 }).joined(separator: "\n\n")
        case .wide: ([summary, servers.text, sentinels?.text, events].compactMap { $0 }).joined(separator: "\n\n")
        case .json: "[" + String(decoding: try AdminJSON.encode(report), as: UTF8.self) + "]"
        case .csv: csv
        }
    }

    private var summary: String {
        var lines = ["seen by \(SafeText(report.worker)) at \(report.at.clockText)"]
        if let master = report.master { lines[0] += ", master \(SafeText(master))" }
        if let failure = report.primaryFailure { lines.append("the primary does not answer: \(SafeText(failure))") }
        if let primary = report.primary {
            lines.append(
                "Redis \(SafeText(primary.version)), \(Figures.exact(primary.clients)) clients, "
                    + "\(Figures.bytes(primary.usedMemory)) used, up \(Figures.age(primary.uptime))")
        }
        if let drills = report.drills, drills.count > 0 {
            let age = drills.lastAt.map { Figures.age($0.duration(to: report.at)).text } ?? "-"
            let verdict = SafeText(drills.lastVerdict ?? "without a verdict")
            lines.append("\(drills.count) drills, the last \(age) ago: \(verdict)")
        }
        return lines.joined(separator: "\n")
    }

    private var servers: TextTable {
        var table = TextTable([
            .init("SERVER", .left), .init("ROLE", .left), .init("LINK", .left), .init("LAG"), .init("HEARD"),
            .init("FLAGS", .left),
        ])
        if let primary = report.primary {
            table.rows.append([SafeText(primary.address), SafeText(primary.role), "-", "-", "-", ""])
        }
        table.rows += report.replicas.map { replica in
            [
                SafeText(replica.address), "replica", replica.isOnline ? "online" : "down",
                replica.lagBytes.map { Figures.bytes(ByteCount($0)) } ?? "-",
                replica.lagSeconds.map { Figures.tenths($0) + " s" } ?? "-",
                SafeText(replica.flags.joined(separator: ",")),
            ]
        }
        return table
    }

    private var sentinels: TextTable? {
        guard !report.sentinels.isEmpty else { return nil }
        var table = TextTable([
            .init("SENTINEL", .left), .init("QUORUM", .left), .init("KNOWN"), .init("EPOCH"), .init("STATE", .left),
        ])
        table.rows = report.sentinels.map { sentinel in
            [
                SafeText(sentinel.address), sentinel.hasQuorum ? "ok (\(sentinel.quorum))" : "none",
                "\(sentinel.known)", "\(sentinel.epoch)", Self.state(sentinel),
            ]
        }
        return table
    }

    private static func state(_ sentinel: SentinelReport) -> SafeText {
        if let failure = sentinel.failure { return SafeText(failure) }
        if sentinel.tilt { return "TILT" }
        if !sentinel.hasQuorum { return SafeText(sentinel.quorumWords) }
        return sentinel.isFailingOver ? "failover in progress" : SafeText(sentinel.flags.joined(separator: ","))
    }

    private var events: String? {
        guard !report.events.isEmpty else { return nil }
        return report.events.suffix(Self.eventsShown).map { event in
            "\(event.at.clockText)  \(SafeText(event.sentinel))  \(SafeText(event.name))  \(SafeText(event.words))"
        }.joined(separator: "\n")
    }

    /// One failover, told by three Sentinels.
    private static let eventsShown = 60

    private var csv: String {
        let primary = report.primary.map {
            [("address", OutputValue.text($0.address)), ("role", .text($0.role)), ("online", .boolean(true))]
        }
        let replicas = report.replicas.map { replica in
            [
                ("address", OutputValue.text(replica.address)), ("role", .text("replica")),
                ("online", .boolean(replica.isOnline)),
                ("lag_bytes", replica.lagBytes.map { .integer($0) } ?? .none),
                ("lag_seconds", replica.lagSeconds.map { .number($0) } ?? .none),
                ("flags", .text(replica.flags.joined(separator: " "))),
            ]
        }
        let records = ([primary].compactMap { $0 } + replicas).map { OutputRecord(fields: $0) }
        return OutputRecord.csv(
            records, columns: ["address", "role", "online", "lag_bytes", "lag_seconds", "flags"])
    }
}
