import AdminAPI
import FleetModel
import Terminal

/// An operation on one line: what, who leads it, how far, what it does right now, and how long the rest takes.
struct OperationLine: Widget {
    let record: OperationRecord
    /// By the workers' clocks.
    let now: UnixTime?

    private static let wide = 110

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let isWide = area.width >= Self.wide
        let isAbandoned = record.isAbandoned(at: now)
        var x = area.x + TableLayout.margin
        buffer[1, area.y] = Cell(isAbandoned ? "!" : glyphs.full, Style(isAbandoned ? .warning : .accent))
        let title = OperationWords.title(record.plan)
        let width = min(title.columnWidth, isWide ? 36 : 20)
        buffer.put(
            title, x: x, y: area.y, style: Style(.accent, bold: true), width: width, ellipsis: glyphs.ellipsis)
        x = drawBar(into: &buffer, x: x + width + 1, y: area.y, width: isWide ? 16 : 8, glyphs)
        buffer.put(
            isAbandoned ? lost : course(glyphs), x: x, y: area.y, style: isAbandoned ? Style(.warning) : .normal,
            width: area.width - x - 1, ellipsis: glyphs.ellipsis)
    }

    private func drawBar(into buffer: inout CellBuffer, x: Int, y: Int, width: Int, _ glyphs: Glyphs) -> Int {
        let bar = Bar(record.state.progress, style: Style(.bar), rest: Style(.barEmpty))
        buffer.draw(bar, in: Rect(x: x, y: y, width: width, height: 1), glyphs: glyphs)
        buffer.put(Figures.percent(record.state.progress), endingAt: x + width + 5, y: y)
        return x + width + 6
    }

    private var lost: SafeText { OperationWords.leaseLost(OperationWords.takeOverCommand(record)) }

    private func course(_ glyphs: Glyphs) -> SafeText {
        let about = SafeText(String(glyphs.approximately))
        let time: SafeText = record.remaining(at: now).map { "\(about) \(Figures.wait($0))  " } ?? ""
        let isCancelling = record.state.phase == .cancelling || record.cancel != nil
        return time
            + OperationWords.course(
                SafeText(record.state.note), by: SafeText(record.leader), isCancelling: isCancelling)
    }
}
