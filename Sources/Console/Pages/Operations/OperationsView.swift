import AdminAPI
import FleetModel
import Terminal

/// Operations that run and the last ones that ran, and of the selected one its workers and its steps.
struct OperationsView: Widget {
    let context: PageContext
    let place: OperationsPage

    private var board: OperationBoard { context.world.operations }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let selected = place.selected(in: board)
        let rows = max(1, min(board.records.count, area.height / 3))
        buffer.draw(Rule(context.crumbs, notes: notes), in: area.line(0), glyphs: glyphs)
        drawList(
            selected, into: &buffer, in: Rect(x: area.x, y: area.y + 1, width: area.width, height: rows), glyphs)
        guard let selected else { return }
        let rest = Rect(
            x: area.x, y: area.y + 1 + rows, width: area.width, height: max(0, area.height - 1 - rows))
        let details = OperationDetails(record: selected, now: context.world.fleet.workersTime, scroll: place.scroll)
        buffer.draw(details, in: rest, glyphs: glyphs)
    }

    private var notes: [SafeText] {
        var notes: [SafeText] = ["the last \(board.records.count)"]
        if let failure = board.failure { notes.insert("cannot be read: \(failure)", at: 0) }
        return notes
    }

    private func drawList(
        _ selected: OperationRecord?, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        let index = board.records.firstIndex { $0.id == selected?.id } ?? 0
        let first = max(0, min(index - area.height / 2, board.records.count - area.height))
        for (line, record) in board.records.dropFirst(first).prefix(area.height).enumerated() {
            draw(record, isSelected: record.id == selected?.id, into: &buffer, in: area.line(line), glyphs)
        }
        guard board.records.isEmpty else { return }
        guard !context.hasSeveralContexts else {
            buffer.put(ContextWords.operations, x: TableLayout.margin, y: area.y, style: Style(.dim))
            return
        }
        buffer.put(
            board.failure == nil ? "no operation has run lately" : "no operation is known", x: TableLayout.margin,
            y: area.y, style: Style(.dim))
    }

    private func draw(
        _ record: OperationRecord, isSelected: Bool, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        if isSelected { buffer[0, area.y] = Cell(glyphs.pointer, Style(.accent, bold: true)) }
        guard let outcome = record.outcome else {
            return buffer.draw(
                OperationLine(record: record, now: context.world.fleet.workersTime), in: area, glyphs: glyphs)
        }
        let style = OperationWords.severity(outcome.status).style
        var x = buffer.put(
            SafeText(record.startedAt.clockText), x: TableLayout.margin, y: area.y, style: Style(.dim))
        let title = OperationWords.title(record.plan)
        let width = min(26, max(12, area.width / 4))
        buffer.put(title, x: x + 2, y: area.y, width: width, ellipsis: glyphs.ellipsis)
        x += 3 + width
        buffer.put(OperationWords.status(outcome.status), x: x, y: area.y, style: style, width: 11)
        buffer.put(
            "\(SafeText(outcome.words))  by \(SafeText(record.leader))", x: x + 12, y: area.y, style: .normal,
            width: area.width - x - 13, ellipsis: glyphs.ellipsis)
    }
}
