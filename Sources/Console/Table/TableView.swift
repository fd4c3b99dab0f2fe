import FleetModel
import Terminal

/// A table on the screen: a line of titles, and as many rows as fit.
struct TableView<Source: TableSource>: Widget {
    let source: Source
    let state: TableState
    var isWide = false
    /// Whether the keys act on this table.
    var hasFocus = true
    /// False for a table that is only looked at.
    var hasPointer = true

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let columns = TableLayout(source.columns, state, isWide: isWide, in: area).columns
        drawTitles(columns, into: &buffer, y: area.y, glyphs)
        let rows = area.withoutFirstRow
        let selected = hasPointer ? state.selectedRow(source) : nil
        for (line, row) in state.order(in: source).dropFirst(state.scroll).prefix(rows.height).enumerated() {
            draw(row, columns, into: &buffer, in: rows.line(line), isSelected: row == selected, glyphs)
        }
    }

    private func drawTitles(
        _ columns: [TableLayout.Placed], into buffer: inout CellBuffer, y: Int, _ glyphs: Glyphs
    ) {
        let sorted = state.sortColumn(source)
        for placed in columns {
            let style = placed.index == sorted ? Style(.accent, bold: true, underline: true) : Style(.header)
            put(placed.column.title, placed, into: &buffer, y: y, style, glyphs)
        }
    }

    private func draw(
        _ row: Int, _ columns: [TableLayout.Placed], into buffer: inout CellBuffer, in area: Rect, isSelected: Bool,
        _ glyphs: Glyphs
    ) {
        if isSelected { buffer[area.x, area.y] = Cell(glyphs.pointer, Style(.accent, bold: true)) }
        let severity = source.severity(row)
        if let mark = severity.mark(glyphs) { buffer[area.x + 1, area.y] = Cell(mark, severity.style) }
        if !state.marked.isEmpty, state.marked.contains(source.id(row)) {
            buffer[area.x + 2, area.y] = Cell(glyphs.check, Style(.accent, bold: true))
        }
        drawCells(of: row, columns, into: &buffer, in: area, glyphs)
        if isSelected && hasFocus { buffer.restyle(area) { $0.selected = true } }
    }

    private func drawCells(
        of row: Int, _ columns: [TableLayout.Placed], into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        let remark = source.remark(row)
        let shown =
            remark.map { remark in columns.prefix { remark.afterColumns.contains($0.column.id) } } ?? columns[...]
        for placed in shown {
            draw(source.cell(row, placed.index, glyphs), placed, into: &buffer, y: area.y, glyphs)
        }
        guard let remark else { return }
        let x = shown.last.map { $0.x + $0.width + 2 } ?? area.x + TableLayout.margin
        buffer.put(
            remark.words, x: x, y: area.y, style: remark.style, width: area.x + area.width - x - 1,
            ellipsis: glyphs.ellipsis)
    }

    private func draw(
        _ cell: TableCell, _ placed: TableLayout.Placed, into buffer: inout CellBuffer, y: Int, _ glyphs: Glyphs
    ) {
        let place = Rect(x: placed.x, y: y, width: placed.width, height: 1)
        if cell.isFilled { buffer.fill(place, with: Cell(" ", cell.style)) }
        switch cell.content {
        case .text(let text): put(text, placed, into: &buffer, y: y, cell.style, glyphs)
        case .bar(let fraction): buffer.draw(Bar(fraction, style: cell.style), in: place, glyphs: glyphs)
        case .spark(let values): buffer.draw(Sparkline(values, style: cell.style), in: place, glyphs: glyphs)
        }
    }

    private func put(
        _ text: SafeText, _ placed: TableLayout.Placed, into buffer: inout CellBuffer, y: Int, _ style: Style,
        _ glyphs: Glyphs
    ) {
        let text = placed.column.keepsTail ? text.fittingTail(placed.width, glyphs) : text
        let spare = placed.column.isLeftAligned ? 0 : max(0, placed.width - text.columnWidth)
        buffer.put(
            text, x: placed.x + spare, y: y, style: style, width: placed.width - spare, ellipsis: glyphs.ellipsis)
    }
}

extension TableState {
    /// What a rule above the table says of how it is seen.
    func notes(_ source: some TableSource, _ glyphs: Glyphs, total: Int? = nil) -> [SafeText] {
        let mark = SafeText(String(ascends(source) ? glyphs.ascending : glyphs.descending))
        var notes: [SafeText] = []
        if !filter.isEverything { notes.append(TableWords.filter(SafeText(filter.text), isBroken: filter.isBroken)) }
        if !marked.isEmpty { notes.insert(TableWords.marked(marked.count), at: 0) }
        if isFollowing, let id = selectedID(source) { notes.insert(TableWords.following(SafeText(id)), at: 0) }
        if let order = sortColumn(source).map({ source.columns[$0].title.text.lowercased() }) {
            notes.append(TableWords.sort(SafeText(order), mark))
        } else if let natural = source.naturalOrder {
            notes.append(TableWords.sort(natural.words, mark))
        }
        notes.append(TableWords.count(order.count, of: total ?? source.rowCount))
        if let range { notes.append(TableWords.rows(range.first, range.last)) }
        return notes
    }
}
