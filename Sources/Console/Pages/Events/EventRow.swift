import FleetModel
import Terminal

/// One line of what happened, as a row.
struct EventRow: Sendable {
    /// Counted from the first since the console started.
    let number: Int
    let line: EventLine

    /// Newest first.
    static func rows(_ log: EventLog) -> [EventRow] {
        log.lines.enumerated().reversed().map { EventRow(number: log.forgotten + $0, line: $1) }
    }
}

extension EventRow: ListRow {
    var id: String { String(number) }
    var words: [String] { [line.words.text, name.text, EventWords.severity(line.severity).text] }
    var severity: Severity { line.severity }

    private var name: SafeText { line.name }

    static var columns: [ListColumn<EventRow>] {
        [
            .figures("time", EventWords.time, .fixed(8, priority: 100)) { _ in
                Style(.dim)
            } by: {
                Double($0.number)
            } text: {
                SafeText($0.line.time.clockText)
            },
            ListColumn(
                "severity", EventWords.severityTitle, .fixed(8, priority: 80), order: .descending, isLeftAligned: true,
                by: { .number(Double($0.line.severity.rawValue)) },
                cell: { row, _ in TableCell(EventWords.severity(row.line.severity), row.line.severity.style) }),
            .words("worker", "WORKER", LayoutPart(minimum: 6, maximum: 24, priority: 99), keepsTail: true) { $0.name },
            .words("words", EventWords.what, LayoutPart(minimum: 20, maximum: 180, priority: 98)) {
                $0.line.severity.style
            } text: {
                $0.line.words
            },
        ]
    }
}

extension EventLine {
    var name: SafeText { worker.map { SafeText($0) } ?? EventWords.fleet }
}
