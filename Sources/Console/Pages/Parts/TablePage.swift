import FleetModel
import Terminal

/// A page that is one table below its rule, with lines of words between the two where something is to be said.
protocol TablePage: ConsolePage {
    var state: TableState { get set }
    /// What the rule says before it tells how the table is seen.
    func notes(_ context: PageContext) -> [SafeText]
    /// Above the table: what failed, how old it is, how it adds up.
    func remarks(_ context: PageContext) -> [PageLine]
    /// In the place of the rows where there are none at all.
    func emptiness(_ context: PageContext) -> [PageLine]
}

extension TablePage {
    var table: TableState? {
        get { state }
        set { state = newValue ?? state }
    }

    func notes(_ context: PageContext) -> [SafeText] { [] }
    func remarks(_ context: PageContext) -> [PageLine] { [] }

    mutating func refresh(_ context: PageContext) { arrange(context) }

    mutating func arrange(_ context: PageContext) {
        guard let source = source(context) else { return }
        let places = TablePagePlaces(in: context.area, remarks: remarks(context).count)
        state.arrange(source, height: max(0, places.table.height - 1))
    }

    /// Esc first takes back what hides or marks rows.
    /// - Returns: false where there is nothing to take back.
    mutating func takeBack() -> Bool {
        guard !state.filter.isEverything || !state.marked.isEmpty else { return false }
        state.goBack()
        return true
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        drawAsTable(into: &buffer, in: area, context)
    }

    func drawAsTable(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        guard area.height > 0, let source = source(context) else { return }
        let remarks = remarks(context)
        let places = TablePagePlaces(in: area, remarks: remarks.count)
        let notes = notes(context) + state.notes(source, context.glyphs)
        buffer.draw(Rule(context.crumbs, notes: notes), in: places.rule, glyphs: context.glyphs)
        buffer.draw(PageLines(remarks), in: places.remarks, glyphs: context.glyphs)
        drawTable(source, into: &buffer, in: places.table, context)
    }

    private func drawTable(
        _ source: some TableSource, into buffer: inout CellBuffer, in area: Rect, _ context: PageContext
    ) {
        guard area.height > 0 else { return }
        let lines = emptyLines(source, context)
        guard lines.isEmpty else { return buffer.draw(PageLines(lines), in: area, glyphs: context.glyphs) }
        let view = TableView(source: source, state: state, isWide: context.isWide, hasFocus: context.hasFocus)
        buffer.draw(view, in: area, glyphs: context.glyphs)
    }

    private func emptyLines(_ source: some TableSource, _ context: PageContext) -> [PageLine] {
        guard source.rowCount > 0 else { return emptiness(context) }
        guard state.order.isEmpty else { return [] }
        return [PageLine(TableWords.nothingMatches(SafeText(state.filter.text), of: source.rowCount), Style(.dim))]
    }

    /// Selects the row that was clicked.
    mutating func click(x: Int, y: Int, _ context: PageContext) -> PageAnswer {
        guard let source = source(context) else { return .ignored }
        let rows = TablePagePlaces(in: context.area, remarks: remarks(context).count).table.withoutFirstRow
        let line = y - rows.y
        guard (0..<rows.height).contains(line), state.scroll + line < state.order.count else { return .ignored }
        state.select(state.scroll + line, source)
        return .done
    }
}

/// Where the parts of a page with one table stand.
struct TablePagePlaces: Equatable {
    let rule: Rect
    let remarks: Rect
    let table: Rect

    /// The table keeps at least this part of the page.
    private static let tablePart = 2

    init(in area: Rect, remarks count: Int) {
        let body = area.withoutFirstRow
        let lines = min(count, body.height / Self.tablePart)
        rule = Rect(x: area.x, y: area.y, width: area.width, height: min(1, area.height))
        remarks = Rect(x: body.x, y: body.y, width: body.width, height: lines)
        table = Rect(x: body.x, y: body.y + lines, width: body.width, height: body.height - lines)
    }
}
