import FleetModel
import Terminal

/// What happened since the console started, over the whole page.
struct EventsPage: TablePage {
    var state = TableState()

    let kind = PageKind.events
    var title: SafeText { PageWords.name(.events) }

    func source(_ context: PageContext) -> (any TableSource)? { ListTable(EventRow.rows(context.world.log)) }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .back: takeBack() ? .done : .ignored
        case .open: open(context)
        default: .ignored
        }
    }

    /// Leads to the worker that the line is about.
    private func open(_ context: PageContext) -> PageAnswer {
        let rows = EventRow.rows(context.world.log)
        guard let index = state.selectedRow(ListTable(rows)), rows.indices.contains(index) else { return .done }
        guard let worker = rows[index].line.worker else { return .hint(EventWords.ofTheFleet) }
        guard context.world.fleet.workers[worker] != nil else {
            return .hint(EventWords.workerIsGone(SafeText(worker)))
        }
        return .open(WorkerPage(worker))
    }

    func emptiness(_ context: PageContext) -> [PageLine] { [PageLine(EventWords.nothing, Style(.dim))] }
}
