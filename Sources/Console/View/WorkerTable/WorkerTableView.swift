import FleetModel
import Terminal

/// The table of workers: titles, and as many rows as fit.
struct WorkerTableView: Widget {
    let model: ConsoleModel
    let layout: OverviewLayout

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let rows = area.withoutFirstRow
        guard !model.order.isEmpty else {
            buffer.draw(NoWorkersView(model: model), in: area, glyphs: glyphs)
            return
        }
        let columns = ColumnSet(for: model.shown, width: area.width).columns
        drawTitles(columns, into: &buffer, y: area.y, glyphs)
        let selected = model.selected
        for (line, index) in model.order.dropFirst(model.workerScroll).prefix(rows.height).enumerated() {
            let row = model.shown.rows[index]
            draw(row, columns, into: &buffer, in: rows.line(line), isSelected: row.id == selected, glyphs)
        }
    }

    private func drawTitles(
        _ columns: [ColumnSet.Placed], into buffer: inout CellBuffer, y: Int, _ glyphs: Glyphs
    ) {
        for placed in columns {
            let isSorted = placed.column.sortKey == model.sort.key
            let style = isSorted ? Style(.accent, bold: true, underline: true) : Style(.header)
            put(placed.column.title, placed, into: &buffer, y: y, style, glyphs)
        }
    }

    private func draw(
        _ row: WorkerRow, _ columns: [ColumnSet.Placed], into buffer: inout CellBuffer, in area: Rect,
        isSelected: Bool, _ glyphs: Glyphs
    ) {
        if isSelected { buffer[0, area.y] = Cell(glyphs.pointer, Style(.accent, bold: true)) }
        if let mark = row.severity.mark(glyphs) { buffer[1, area.y] = Cell(mark, row.severity.style) }
        if model.marked.contains(row.id) { buffer[2, area.y] = Cell(glyphs.check, Style(.accent, bold: true)) }
        if row.isLive, let sample = row.sample {
            drawLive(
                WorkerCells(row: row, sample: sample, now: model.shown.time), columns, into: &buffer, area.y, glyphs)
        } else {
            drawSilent(row, columns, into: &buffer, in: area, glyphs)
        }
        if isSelected && model.focus == .workers { buffer.restyle(area) { $0.selected = true } }
    }

    private func drawLive(
        _ cells: WorkerCells, _ columns: [ColumnSet.Placed], into buffer: inout CellBuffer, _ y: Int, _ glyphs: Glyphs
    ) {
        for placed in columns {
            let cell = Rect(x: placed.x, y: y, width: placed.width, height: 1)
            if placed.column == .shareBar {
                let style = Style(cells.row.severity(of: .hot) > .fine ? .warning : .bar)
                buffer.draw(
                    Bar((cells.row.figures.share ?? 0) / model.shown.largestShare, style: style), in: cell,
                    glyphs: glyphs)
            } else if placed.column == .history {
                buffer.draw(Sparkline(cells.row.figures.outHistory), in: cell, glyphs: glyphs)
            } else {
                put(cells.text(placed.column), placed, into: &buffer, y: y, cells.style(placed.column), glyphs)
            }
        }
    }

    private func put(
        _ text: SafeText, _ placed: ColumnSet.Placed, into buffer: inout CellBuffer, y: Int, _ style: Style,
        _ glyphs: Glyphs
    ) {
        let text = placed.column == .worker ? text.fittingTail(placed.width, glyphs) : text
        let spare = placed.column.isLeftAligned ? 0 : max(0, placed.width - text.columnWidth)
        buffer.put(
            text, x: placed.x + spare, y: y, style: style, width: placed.width - spare, ellipsis: glyphs.ellipsis)
    }
}

// MARK: - Workers that do not speak

extension WorkerTableView {
    /// Name, state and last known connections in their places; then, over the other columns, what is the matter.
    private func drawSilent(
        _ row: WorkerRow, _ columns: [ColumnSet.Placed], into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        var x = ColumnSet.margin
        for placed in columns.prefix(while: { Self.shownWhenSilent.contains($0.column) }) {
            let style = placed.column == .state && row.isStale ? Style(.warning) : Style(.stale)
            put(silentText(placed.column, of: row), placed, into: &buffer, y: area.y, style, glyphs)
            x = placed.x + placed.width + 2
        }
        let words = row.findings.first?.detail ?? ""
        buffer.put(
            words, x: x, y: area.y, style: Style(.stale), width: area.width - x - 1, ellipsis: glyphs.ellipsis)
    }

    private static let shownWhenSilent: [Column] = [.worker, .state, .connections]

    private func silentText(_ column: Column, of row: WorkerRow) -> SafeText {
        if column == .worker { return row.name }
        return column == .state ? row.figures.stateWord : row.connections.map(Figures.grouped) ?? "-"
    }
}
