import FleetModel
import Terminal

/// What happened, newest first, below a rule of its own.
struct EventsView: Widget {
    let log: EventLog
    let title: SafeText

    private static let widestName = 20

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let height = max(0, area.height - 1)
        let lines = log.lines.reversed().prefix(height)
        buffer.draw(Rule(title, notes: notes(height)), in: area.line(0), glyphs: glyphs)
        let names = min(lines.lazy.map { $0.name.columnWidth }.max() ?? 0, Self.widestName)
        for (index, line) in lines.enumerated() {
            draw(line, nameWidth: names, into: &buffer, in: area.line(index + 1), glyphs)
        }
        if lines.isEmpty, height > 0 {
            buffer.put(EventWords.nothing, x: TableLayout.margin, y: area.y + 1, style: Style(.dim))
        }
    }

    private func notes(_ height: Int) -> [SafeText] {
        let count = log.lines.count
        guard count > height, height > 0 else { return [] }
        return [EventWords.newest(height, of: count)]
    }

    private func draw(
        _ line: EventLine, nameWidth: Int, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        if let mark = line.severity.mark(glyphs) { buffer[1, area.y] = Cell(mark, line.severity.style) }
        var x = TableLayout.margin
        x = buffer.put(SafeText(line.time.clockText), x: x, y: area.y, style: Style(.dim)) + 2
        buffer.put(line.name.fittingTail(nameWidth, glyphs), x: x, y: area.y)
        x += nameWidth + 2
        buffer.put(
            line.words, x: x, y: area.y, style: line.severity.style, width: area.width - x - 1,
            ellipsis: glyphs.ellipsis)
    }
}
