import AdminAPI
import FleetModel
import Terminal

/// Operations that run and the last ones that ran; of the selected one its workers and its steps.
struct OperationsPage: ConsolePage {
    var state = TableState()
    /// Steps scrolled past, from the latest.
    private(set) var scroll = 0
    private var shown: String?

    let kind = PageKind.operations
    var title: SafeText { PageWords.name(.operations) }

    init() {}

    private static let step = 5

    var table: TableState? {
        get { state }
        set { state = newValue ?? state }
    }

    func source(_ context: PageContext) -> (any TableSource)? { list(context) }

    func list(_ context: PageContext) -> ListTable<OperationRow> {
        let now = context.world.fleet.workersTime
        return ListTable(context.world.operations.records.map { OperationRow(record: $0, now: now) })
    }

    /// The one that was chosen; until then the one that runs, or the first that is shown.
    func selected(in board: OperationBoard) -> OperationRecord? {
        if let chosen = state.chosen.flatMap({ board[$0] }) { return chosen }
        let top = state.order.first.flatMap { board.records.indices.contains($0) ? board.records[$0] : nil }
        return top ?? board.running ?? board.records.first
    }

    mutating func refresh(_ context: PageContext) {
        state.arrange(list(context), height: OperationsPlaces(in: context.area, context).rows)
        let selected = selected(in: context.world.operations)?.id
        if selected != shown { scroll = 0 }
        shown = selected
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(OperationsView(context: context, page: self), in: area, glyphs: context.glyphs)
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .pageUp: scroll = max(0, scroll - Self.step)
        case .pageDown: scroll = min(scroll + Self.step, OperationRecord.maximumSteps)
        case .cancelOperation: return ask(context) { CancelAct(operation: $0) }
        case .takeOver: return ask(context) { TakeOverAct(operation: $0) }
        case .back:
            guard !state.filter.isEverything || !state.marked.isEmpty else { return .ignored }
            state.goBack()
        default: return .ignored
        }
        return .done
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        guard let record = selected(in: context.world.operations), record.outcome == nil,
            context.world.operations.may(record.plan.kind.role)
        else { return nil }
        switch action {
        case .cancelOperation: return OperationPageWords.cancel
        case .takeOver:
            return record.isAbandoned(at: context.world.fleet.workersTime) ? OperationPageWords.takeOver : nil
        default: return nil
        }
    }

    private func ask(_ context: PageContext, _ subject: (OperationRecord) -> any ActSubject) -> PageAnswer {
        let board = context.live.operations
        guard let record = selected(in: board), record.outcome == nil else { return .hint(HintWords.ended) }
        let needed = max(.operator, record.plan.kind.role)
        guard board.may(needed) else {
            return .hint(
                HintWords.role(SafeText(needed.rawValue), SafeText((board.role ?? .viewer).rawValue)))
        }
        return .ask(subject(record))
    }

    /// Selects the row that was clicked.
    mutating func click(x: Int, y: Int, _ context: PageContext) -> PageAnswer {
        let rows = OperationsPlaces(in: context.area, context).table.withoutFirstRow
        guard (0..<rows.height).contains(y - rows.y) else { return .ignored }
        state.select(state.scroll + y - rows.y, list(context))
        return .done
    }
}

/// Where the parts of the page of operations stand.
struct OperationsPlaces {
    let rule: Rect
    let table: Rect
    let details: Rect

    /// Of the page, for the table.
    private static let tablePart = 3

    init(in area: Rect, _ context: PageContext) {
        let body = area.withoutFirstRow
        let wanted = 1 + max(1, context.world.operations.records.count)
        let height = min(wanted, max(2, body.height / Self.tablePart), body.height)
        rule = Rect(x: area.x, y: area.y, width: area.width, height: min(1, area.height))
        table = Rect(x: body.x, y: body.y, width: body.width, height: height)
        details = Rect(x: body.x, y: body.y + height, width: body.width, height: body.height - height)
    }

    /// Rows that fit below the titles.
    var rows: Int { max(0, table.height - 1) }
}
