import ControlPlane
import FleetModel
import Terminal

/// How far a message has gone, by worker.
struct DeliveryView: Widget {
    let box: DeliveryBox

    private static let columnWidth = 11
    private static let widest = 92
    /// Titles, the sum, a blank, and the line of what became of it.
    private static let otherLines = 4

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let lines = box.watch.lines
        let width = min(area.width, Self.widest)
        let height = min(area.height, lines.count + Self.otherLines + 2)
        let frame = Rect(
            x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width: width, height: height)
        let title = BroadcastActWords.delivery(SafeText(box.plan.order.message))
        buffer.draw(Box(title), in: frame, glyphs: glyphs)
        let inside = Box.interior(of: frame)
        let rows = max(0, inside.height - Self.otherLines)
        drawLine(BroadcastActWords.columns, into: &buffer, in: inside.line(0), Style(.dim), glyphs)
        drawWorkers(lines, into: &buffer, in: inside, rows: rows, glyphs)
        if inside.height > rows + 1 {
            drawLine(total, into: &buffer, in: inside.line(rows + 1), Style(.normal, bold: true), glyphs)
        }
        drawFoot(into: &buffer, in: inside, glyphs)
    }

    private func drawWorkers(
        _ lines: [BroadcastWatch.Line], into buffer: inout CellBuffer, in inside: Rect, rows: Int, _ glyphs: Glyphs
    ) {
        let isCut = lines.count > rows
        for (index, line) in lines.prefix(isCut ? max(0, rows - 1) : rows).enumerated() {
            drawLine(
                cells(of: line), into: &buffer, in: inside.line(index + 1), line.isHeard ? .normal : Style(.warning),
                glyphs)
        }
        guard isCut, rows > 0 else { return }
        let more = BroadcastActWords.more(lines.count - rows + 1)
        buffer.put(more, x: inside.x + 1, y: inside.y + rows, style: Style(.dim), width: inside.width - 2)
    }

    private func drawLine(
        _ cells: [SafeText], into buffer: inout CellBuffer, in line: Rect, _ style: Style, _ glyphs: Glyphs
    ) {
        guard let name = cells.first else { return }
        let figures = cells.dropFirst()
        let nameWidth = max(0, line.width - 2 - figures.count * Self.columnWidth)
        buffer.put(
            name, x: line.x + 1, y: line.y, style: style, width: nameWidth, ellipsis: glyphs.ellipsis)
        for (index, cell) in figures.enumerated() {
            let end = line.x + 1 + nameWidth + (index + 1) * Self.columnWidth
            guard end <= line.x + line.width else { return }
            buffer.put(cell, endingAt: end, y: line.y, style: style)
        }
    }

    private func cells(of line: BroadcastWatch.Line) -> [SafeText] {
        let name = SafeText(line.worker)
        guard line.isHeard else { return ["\(name) (\(BroadcastActWords.unheard))", "?", "?", "?", "?"] }
        return [
            name, Figures.exact(line.delivered), Figures.exact(line.dropped), Figures.exact(line.acknowledged),
            missing(line.missing),
        ]
    }

    private var total: [SafeText] {
        let watch = box.watch
        return [
            BroadcastActWords.total, Figures.exact(watch.delivered), Figures.exact(watch.dropped),
            Figures.exact(watch.acknowledged), missing(watch.missing),
        ]
    }

    /// Whoever was not asked to acknowledge misses nothing.
    private func missing(_ count: Int) -> SafeText { box.watch.awaitsAcks ? Figures.exact(count) : Figures.none }

    private func drawFoot(into buffer: inout CellBuffer, in inside: Rect, _ glyphs: Glyphs) {
        guard inside.height > 0 else { return }
        let (y, key) = (inside.y + inside.height - 1, BroadcastActWords.leave)
        let (words, style) = standing
        buffer.put(
            words, x: inside.x + 1, y: y, style: style, width: max(0, inside.width - key.columnWidth - 4),
            ellipsis: glyphs.ellipsis)
        buffer.put(key, endingAt: inside.x + inside.width - 1, y: y, style: Style(.key))
    }

    private var standing: (SafeText, Style) {
        if let (words, isWhole) = box.ending {
            return (BroadcastActWords.ended(words), Style(isWhole ? .accent : .critical))
        }
        guard let receipt = box.delivery?.receipt else { return (BroadcastActWords.beingSent, Style(.dim)) }
        return (BroadcastActWords.followed(SafeText(receipt.outcome.rawValue)), Style(.dim))
    }
}
