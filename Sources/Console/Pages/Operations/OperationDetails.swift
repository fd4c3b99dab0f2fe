import AdminAPI
import FleetModel
import Terminal

/// One operation whole: who and why, how it stands on each worker, and what happened, the latest first.
struct OperationDetails: Widget {
    let record: OperationRecord
    let now: UnixTime?
    let scroll: Int
    /// Where this console has kept its report.
    var report: SafeText?

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let rows = area.rows([
            .fixed(min(5, facts.count + 1), priority: 3),
            .fixed(
                record.state.workers.isEmpty ? 0 : min(record.state.workers.count, max(2, area.height / 3)) + 1,
                priority: 2),
            .flexible(minimum: 2, priority: 1),
        ])
        if let place = rows[0] { drawFacts(into: &buffer, in: place, glyphs) }
        if let place = rows[1], place.height > 1 { drawWorkers(into: &buffer, in: place, glyphs) }
        if let place = rows[2] { drawSteps(into: &buffer, in: place, glyphs) }
    }

    private func drawFacts(into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        buffer.draw(
            Rule("\(OperationWords.title(record.plan))  \(SafeText(record.id))"), in: area.line(0), glyphs: glyphs)
        for (index, (words, style)) in facts.prefix(max(0, area.height - 1)).enumerated() {
            buffer.put(
                words, x: area.x + TableLayout.margin, y: area.y + 1 + index, style: style,
                width: area.width - TableLayout.margin - 1, ellipsis: glyphs.ellipsis)
        }
    }

    private var facts: [(SafeText, Style)] {
        let reason: SafeText = record.reason.map { $0.isEmpty ? "" : " \"\(SafeText($0))\"" } ?? ""
        var facts: [(SafeText, Style)] = [
            (
                OperationPageWords.led(
                    SafeText(record.leader), SafeText(record.origin), SafeText(record.startedAt.clockText), reason),
                .normal
            )
        ]
        if let cancel = record.cancel, record.outcome == nil {
            let why: SafeText = cancel.reason.map { ": \(SafeText($0))" } ?? ""
            facts.append((OperationPageWords.cancelled(SafeText(cancel.by), why), Style(.accent)))
        }
        facts.append(stand)
        if let report { facts.append((DrillActWords.report(report), Style(.accent))) }
        return facts
    }

    private var stand: (SafeText, Style) {
        if let outcome = record.outcome {
            let severity = OperationWords.severity(outcome.status)
            return ("\(OperationWords.status(outcome.status)): \(SafeText(outcome.words))", severity.style)
        }
        if record.isAbandoned(at: now) {
            return (OperationPageWords.abandoned(OperationWords.takeOverCommand(record)), Style(.warning))
        }
        return (SafeText(record.state.note), .normal)
    }

    private func drawWorkers(into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        let lines = record.state.workers
        let shown = lines.prefix(area.height - 1)
        let notes: [SafeText] =
            shown.count < lines.count ? [OperationPageWords.shown(shown.count, of: lines.count)] : []
        buffer.draw(Rule(OperationPageWords.workers, notes: notes), in: area.line(0), glyphs: glyphs)
        let name = min(28, shown.map { SafeText($0.worker).columnWidth }.max() ?? 0)
        for (index, line) in shown.enumerated() {
            draw(line, nameWidth: name, into: &buffer, in: area.line(index + 1), glyphs)
        }
    }

    private func draw(
        _ line: OperationRecord.WorkerLine, nameWidth: Int, into buffer: inout CellBuffer, in area: Rect,
        _ glyphs: Glyphs
    ) {
        if line.failed { buffer[1, area.y] = Cell(glyphs.cross, Style(.critical)) }
        let x = area.x + TableLayout.margin
        buffer.put(
            SafeText(line.worker).fittingTail(nameWidth, glyphs), x: x, y: area.y, style: Style(.normal, bold: true))
        let bar = Bar(line.progress, style: Style(.bar), rest: Style(.barEmpty))
        buffer.draw(bar, in: Rect(x: x + nameWidth + 1, y: area.y, width: 12, height: 1), glyphs: glyphs)
        let left = x + nameWidth + 14
        buffer.put(
            SafeText(line.words), x: left, y: area.y, style: line.failed ? Style(.critical) : .normal,
            width: area.width - left - 1, ellipsis: glyphs.ellipsis)
    }

    private func drawSteps(into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        let height = max(0, area.height - 1)
        let first = max(0, min(scroll, record.steps.count - height))
        let shown = record.steps.reversed().dropFirst(first).prefix(height)
        let notes: [SafeText] =
            record.steps.count > height
            ? [OperationPageWords.range(first + 1, first + shown.count, of: record.steps.count)] : []
        buffer.draw(Rule(OperationPageWords.steps, notes: notes), in: area.line(0), glyphs: glyphs)
        for (index, step) in shown.enumerated() {
            let y = area.y + 1 + index
            let x = buffer.put(SafeText(step.at.clockText), x: area.x + TableLayout.margin, y: y, style: Style(.dim))
            buffer.put(SafeText(step.words), x: x + 2, y: y, width: area.width - x - 3, ellipsis: glyphs.ellipsis)
        }
    }
}
