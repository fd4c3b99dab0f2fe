import FleetModel
import Terminal

/// A drain on one line: whose, which step, how far, how fast, until when, and why.
struct DrainLine: Widget {
    let row: WorkerRow
    let drain: DrainStatus
    /// On the worker's own clock, as the times of the drain are.
    let sampledAt: UnixTime
    let now: UnixTime

    private static let phaseWidth = 15
    private static let narrowPhaseWidth = 9

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let isWide = area.width >= 110
        let style: Style = row.isStale ? Style(.stale) : .normal
        var x = area.x + TableLayout.margin
        let name = min(max(row.name.columnWidth, 6), isWide ? 28 : 14)
        buffer.put(row.name.fittingTail(name, glyphs), x: x, y: area.y, style: Style(style.role, bold: true))
        x += name + 1
        let phase = isWide ? DrainWords.phase(drain.phase) : DrainWords.shortPhase(drain.phase)
        let phaseWidth = isWide ? Self.phaseWidth : Self.narrowPhaseWidth
        buffer.put(
            phase, x: x, y: area.y, style: Style(row.isStale ? .stale : .accent), width: phaseWidth,
            ellipsis: glyphs.ellipsis)
        x += phaseWidth + 1
        x = drawBar(into: &buffer, x: x, y: area.y, width: isWide ? 16 : 10, style, glyphs)
        buffer.put(
            words(isWide: isWide, glyphs), x: x, y: area.y, style: style, width: area.width - x - 1,
            ellipsis: glyphs.ellipsis)
    }

    private func drawBar(
        into buffer: inout CellBuffer, x: Int, y: Int, width: Int, _ style: Style, _ glyphs: Glyphs
    ) -> Int {
        let bar = Bar(drain.progress, style: Style(.bar), rest: Style(.barEmpty))
        buffer.draw(bar, in: Rect(x: x, y: y, width: width, height: 1), glyphs: glyphs)
        buffer.put(Figures.percent(drain.progress), endingAt: x + width + 5, y: y, style: style)
        return x + width + 7
    }

    private func words(isWide: Bool, _ glyphs: Glyphs) -> SafeText {
        let origin: SafeText = "\(DrainWords.cause(drain.cause)) \(SafeText(drain.requestedBy))"
        let reason: SafeText = drain.reason.map { $0.isEmpty ? "" : " \"\(SafeText($0))\"" } ?? ""
        return "\(course(isWide: isWide, glyphs))  \(origin)\(reason)"
    }

    private func course(isWide: Bool, _ glyphs: Glyphs) -> SafeText {
        if row.isStale { return DrainWords.stale(Figures.grouped(drain.remaining)) }
        guard drain.phase != .drained else {
            return DrainWords.left(Figures.grouped(drain.initialConnections), isWide: isWide)
        }
        let left = max(.zero, sampledAt.duration(to: drain.estimatedEnd))
        let about = SafeText(String(glyphs.approximately))
        let rate: SafeText = drain.ratePerSecond > 0 ? "  \(Figures.rate(drain.ratePerSecond))/s" : ""
        let whole = isWide ? Figures.grouped(drain.initialConnections) : nil
        return DrainWords.course(Figures.grouped(drain.remaining), of: whole, rate, about, Figures.wait(left))
    }
}
