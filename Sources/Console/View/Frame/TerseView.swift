import FleetModel
import Terminal

/// What fits a very small screen: the health, and a line for each of the first workers.
struct TerseView: Widget {
    let model: ConsoleModel

    /// Below this the console would be torn; this view takes over.
    static let leastSize = Size(columns: 60, rows: 10)

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard area.height > 0 else { return }
        buffer.draw(HealthLine(model.shown.snapshot.health), in: area.line(0), glyphs: glyphs)
        let hasKeys = area.height > 3
        let rows = max(0, area.height - (hasKeys ? 2 : 1))
        for (line, worker) in model.orderedWorkers.prefix(rows).enumerated() {
            guard let row = model.shown.snapshot.row(of: worker) else { continue }
            draw(row, into: &buffer, in: area.line(line + 1), glyphs)
        }
        guard hasKeys else { return }
        buffer.put(
            footer, x: area.x, y: area.y + area.height - 1, style: Style(.dim), width: area.width,
            ellipsis: glyphs.ellipsis)
    }

    private func draw(_ row: WorkerRow, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        if let mark = row.severity.mark(glyphs) { buffer[area.x, area.y] = Cell(mark, row.severity.style) }
        let connections = row.connections.map(Figures.grouped) ?? "-"
        buffer.put(
            "\(row.name) \(connections) \(row.figures.stateWord) \(HealthWords.p99(Figures.latency(row.figures.p99)))",
            x: area.x + 1, y: area.y,
            style: row.severity.style, width: area.width - 1, ellipsis: glyphs.ellipsis)
    }

    private var footer: SafeText {
        if let hint = model.hint { return hint }
        switch model.overlay {
        case nil, .filter?, .command?, .columns?, .menu?, .export?, .jump?: return HeaderWords.enlarge
        case .delivery(let box)?: return box.ending?.words ?? BroadcastActWords.beingSent
        case .quitting?: return HeaderWords.quitting
        case .act(let form)?:
            guard form.isAtConfirmation, form.expected == .yes, let plan = form.plan else {
                return HeaderWords.enlargeForForm
            }
            return HeaderWords.doIt(plan.deed)
        }
    }
}
