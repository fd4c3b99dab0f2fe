import AdminAPI
import ControlPlane
import FleetModel

/// What came of a broadcast.
struct BroadcastOutcome {
    let receipt: BroadcastReceipt
    let watch: BroadcastWatch

    /// - Throws: `CommandFailure` of status 3 where somebody is known to have missed it, or did not acknowledge it.
    func tell(as format: OutcomeFormat) throws {
        switch format {
        case .text: Print.output(text)
        case .json: Print.output(record.json)
        }
        if let shortfall { throw shortfall }
    }

    var shortfall: CommandFailure? { words.map { CommandFailure(.partlyDone, $0) } }

    /// What it came to over all workers.
    var line: String {
        let (delivered, dropped) = (Figures.exact(watch.delivered), Figures.exact(watch.dropped))
        let acknowledged = watch.awaitsAcks ? ", acknowledged \(Figures.exact(watch.acknowledged))" : ""
        return "\(receipt.outcome.rawValue), delivered \(delivered), dropped \(dropped)\(acknowledged)"
    }

    /// What is missing from a whole success.
    private var words: String? {
        if receipt.outcome == .degraded {
            return "Redis is away: only clients of \(SafeText(receipt.worker)) have it; send it again with --message-id"
        }
        if let worker = watch.unheard.first {
            return "\(SafeText(worker)) does not answer: what it delivered is not known"
        }
        if watch.dropped > 0 { return "\(Figures.exact(watch.dropped)) clients missed it" }
        if watch.awaitsAcks, watch.missing > 0 {
            return "\(Figures.exact(watch.missing)) clients have not acknowledged it"
        }
        return nil
    }

    private var text: String {
        var table = TextTable([
            .init("WORKER", .left), .init("DELIVERED"), .init("DROPPED"), .init("ACKED"), .init("MISSING"),
        ])
        table.rows = watch.lines.map { line in
            [
                SafeText(line.worker), line.isHeard ? Figures.exact(line.delivered) : "?", Figures.exact(line.dropped),
                Figures.exact(line.acknowledged), Figures.exact(line.missing),
            ]
        }
        let head = "\(SafeText(receipt.outcome.rawValue)) as \(SafeText(receipt.criticality.rawValue)), "
        return table.text + "\n" + head + "id \(SafeText(receipt.messageID))"
    }

    private var record: OutputRecord {
        OutputRecord(fields: [
            ("operation", .text("broadcast")), ("outcome", .text(words == nil ? "done" : "partly_done")),
            ("message_id", .text(receipt.messageID)), ("published", .text(receipt.outcome.rawValue)),
            ("class", .text(receipt.criticality.rawValue)), ("offset", .text(receipt.offset)),
            ("delivered", .integer(watch.delivered)), ("dropped", .integer(watch.dropped)),
            ("acknowledged", .integer(watch.acknowledged)), ("missing", .integer(watch.missing)),
            ("workers", .list(watch.lines.map { .record(Self.record($0)) })), ("message", .text(words)),
        ])
    }

    private static func record(_ line: BroadcastWatch.Line) -> OutputRecord {
        OutputRecord(fields: [
            ("id", .worker(line.worker)), ("ok", .boolean(line.isHeard)), ("expected", .integer(line.expected)),
            ("delivered", .integer(line.delivered)), ("dropped", .integer(line.dropped)),
            ("acknowledged", .integer(line.acknowledged)), ("missing", .integer(line.missing)),
        ])
    }
}
