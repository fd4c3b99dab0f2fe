import AdminAPI
import FleetModel
import Terminal

/// Operations that run and the last ones that ran, and of the selected one its workers and its steps.
struct OperationsView: Widget {
    let context: PageContext
    let page: OperationsPage

    private var board: OperationBoard { context.world.operations }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard area.height > 0 else { return }
        let places = OperationsPlaces(in: area, context)
        let source = page.list(context)
        buffer.draw(
            Rule(context.crumbs, notes: notes + page.state.notes(source, glyphs)), in: places.rule, glyphs: glyphs)
        guard places.table.height > 0 else { return }
        if page.state.order.isEmpty {
            return buffer.draw(PageLines([emptiness(source)]), in: places.table, glyphs: glyphs)
        }
        let view = TableView(source: source, state: page.state, isWide: context.isWide, hasFocus: context.hasFocus)
        buffer.draw(view, in: places.table, glyphs: glyphs)
        guard let record = page.selected(in: board), places.details.height > 0 else { return }
        let details = OperationDetails(
            record: record, now: context.world.fleet.workersTime, scroll: page.scroll,
            report: context.acts.reports[record.id])
        buffer.draw(details, in: places.details, glyphs: glyphs)
    }

    private var notes: [SafeText] { board.failure.map { [OperationPageWords.unreadable($0)] } ?? [] }

    private func emptiness(_ source: ListTable<OperationRow>) -> PageLine {
        if context.hasSeveralContexts { return PageLine(ContextWords.operations, Style(.dim)) }
        if source.rowCount > 0 {
            let filter = SafeText(page.state.filter.text)
            return PageLine(TableWords.nothingMatches(filter, of: source.rowCount), Style(.dim))
        }
        return PageLine(board.failure == nil ? OperationPageWords.none : OperationPageWords.unknown, Style(.dim))
    }
}
