import AdminAPI
import FleetModel
import Terminal

/// One line that stays on the screen until what it tells of is over.
enum PinnedLine {
    case operation(OperationRecord)
    case failed(Failure)
    case pending(PendingAct)
    case drain(WorkerRow)
}

/// Errors, operations, acts that wait for an answer, and drains: nothing that passes by in a list of events.
struct PinnedView: Widget {
    let lines: [PinnedLine]
    let now: UnixTime
    /// By which leases are kept.
    let workersTime: UnixTime?

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let isCut = lines.count > area.height
        for (index, line) in lines.prefix(isCut ? area.height - 1 : area.height).enumerated() {
            draw(line, into: &buffer, in: area.line(index), glyphs)
        }
        guard isCut, area.height > 0 else { return }
        let more = HeaderWords.more(lines.count - area.height + 1)
        buffer.put(more, x: area.x + TableLayout.margin, y: area.y + area.height - 1, style: Style(.dim))
    }

    private func draw(_ line: PinnedLine, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        switch line {
        case .failed(let failure):
            buffer[1, area.y] = Cell(glyphs.cross, Style(.critical))
            write(failure.words, into: &buffer, area, Style(.critical), glyphs)
        case .pending(let act):
            let waited = Figures.span(act.sentAt.duration(to: now))
            write(HeaderWords.pending(act.words, waited), into: &buffer, area, .normal, glyphs)
        case .operation(let record):
            buffer.draw(OperationLine(record: record, now: workersTime), in: area, glyphs: glyphs)
        case .drain(let row):
            guard let sample = row.sample, let drain = sample.drain else { return }
            buffer.draw(DrainLine(row: row, drain: drain, sampledAt: sample.time, now: now), in: area, glyphs: glyphs)
        }
    }

    private func write(
        _ words: SafeText, into buffer: inout CellBuffer, _ area: Rect, _ style: Style, _ glyphs: Glyphs
    ) {
        let x = area.x + TableLayout.margin
        buffer.put(words, x: x, y: area.y, style: style, width: area.width - x - 1, ellipsis: glyphs.ellipsis)
    }
}
