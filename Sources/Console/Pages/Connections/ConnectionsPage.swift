import AdminAPI
import FleetModel
import Terminal

/// Clients of the fleet, one a row: all, or those of a room, user, role or worker; in the order of age, queue or
/// silence, read from the workers page by page as far as one scrolls.
struct ConnectionsPage: ConsolePage {
    let kind = PageKind.connections
    private(set) var book: ConnectionBook
    private var state = TableState()
    /// The page that was asked for beyond the first ones, and since when.
    private var pending: Pending?
    private var revision = 0
    private var arranged: Arrangement?

    private struct Pending {
        let worker: WorkerID
        let query: ConnectionQuery
        let since: UnixTime
    }

    /// What the order of the rows depends on: thousands of them are not sorted with every key.
    private struct Arrangement: Equatable {
        let revision: Int
        let preferences: TableState.Preferences
        let filter: RowFilter
        let height: Int
    }

    init(_ scope: ConnectionScope = .everything) {
        book = ConnectionBook(scope, .connected)
    }

    var scope: ConnectionScope { book.scope }

    var title: SafeText {
        scope == .everything ? PageWords.name(.connections) : "\(PageWords.name(.connections)) \(scope.words)"
    }

    var table: TableState? {
        get { state }
        set { state = newValue ?? state }
    }

    func source(_ context: PageContext) -> (any TableSource)? {
        ConnectionTable(book, width: context.area.width)
    }

    func selection(_ context: PageContext) -> PageSelection {
        selected.map { .connection(id: $0.info.connectionID, on: $0.worker) } ?? .none
    }

    /// The connection that keys act on.
    var selected: ConnectionRow? {
        state.selectedRow(ConnectionTable(book, width: 0)).map { book.rows[$0] }
    }

    /// Those that an act is for: the marked ones, or the selected one.
    var targets: [ConnectionRow] {
        state.marked.isEmpty ? selected.map { [$0] } ?? [] : book.rows.filter { state.marked.contains($0.id) }
    }

    /// `:connections room:ops:north`.
    mutating func take(_ arguments: [String]) -> PageAnswer {
        guard let scope = ConnectionScope(arguments) else { return .hint(ConnectionWords.scopeHint) }
        book = ConnectionBook(scope, book.order)
        return .done
    }
}

// MARK: - Asking

extension ConnectionsPage {
    func wishes(_ context: PageContext) -> [Wish] {
        let workers = context.live.fleet.workers.count
        let first = Wish(
            query: .connections(firstQuery(workers: workers)),
            audience: scope.worker.map { .worker($0) } ?? .everyone,
            every: ConnectionPaging.interval(workers: scope.worker == nil ? workers : 1))
        guard let pending else { return [first] }
        // Asked again where no answer came; one that comes is taken in and not wanted any more.
        let further = Wish(
            query: .connections(pending.query), audience: .worker(pending.worker), every: AnswerBook.longestWait)
        return [first, further]
    }

    private func firstQuery(workers: Int) -> ConnectionQuery {
        let limit = scope.worker == nil ? ConnectionPaging.limit(workers: workers) : ConnectionPaging.ofOne
        return scope.query(book.order, limit: limit)
    }

    mutating func refresh(_ context: PageContext) {
        useOrder()
        takeIn(context)
        state.marked.formIntersection(state.marked.isEmpty ? [] : book.rows.map(\.id))
        arrange(height: max(0, context.area.height - Self.head))
        if !context.isPast { readOn(context) }
    }

    /// The workers order by what the table is sorted by, where they can.
    private mutating func useOrder() {
        let column = state.preferences.sort.flatMap { ConnectionColumn(rawValue: $0) }
        guard let order = column.map(\.order) ?? .connected, order != book.order else { return }
        book = ConnectionBook(scope, order)
        pending = nil
        revision += 1
    }

    private mutating func takeIn(_ context: PageContext) {
        let clocks = WorkerClocks(fleet: context.world.fleet)
        let query = firstQuery(workers: context.world.fleet.workers.count)
        if let answer = context.world.answers[.connections(query)], answer.at != book.at {
            book.takeFirst(answer.only(scope.worker), clocks: clocks)
            revision += 1
        }
        guard let pending, let answer = context.world.answers[.connections(pending.query)],
            answer.at >= pending.since
        else { return }
        self.pending = nil
        book.takeFurther(answer, clocks: clocks)
        revision += 1
    }

    private mutating func arrange(height: Int) {
        let wanted = Arrangement(
            revision: revision, preferences: state.preferences, filter: state.filter, height: height)
        guard wanted != arranged else { return }
        arranged = wanted
        state.arrange(ConnectionTable(book, width: 0), height: height)
    }

    /// Within a screen of the end the next page is asked for; a filter looks at what was read and asks for nothing.
    private mutating func readOn(_ context: PageContext) {
        guard pending == nil, state.filter.isEverything, let next = book.next,
            state.scroll + 2 * state.height >= state.order.count
        else { return }
        pending = Pending(worker: next.worker, query: next.query, since: context.live.now)
    }

    var isReadingOn: Bool { pending != nil }

    /// The rule, the totals and the titles.
    private static let head = 3
}

extension FleetAnswer {
    /// What one worker said; of all where it is nil.
    fileprivate func only(_ worker: WorkerID?) -> FleetAnswer {
        guard let worker else { return self }
        return FleetAnswer(query, at: at, parts: parts.filter { $0.worker == worker })
    }
}

// MARK: - Acting

extension ConnectionsPage {
    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        guard action == .open else { return .ignored }
        return selected.map { .open(ConnectionPage($0)) } ?? .done
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        action == .open && !book.rows.isEmpty ? ConnectionWords.details : nil
    }
}

// MARK: - Drawing

extension ConnectionsPage {
    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let (table, glyphs) = (ConnectionTable(book, width: area.width), context.glyphs)
        let head = ConnectionsHead(page: self, context: context)
        buffer.draw(Rule(context.crumbs, notes: state.notes(table, glyphs)), in: area.line(0), glyphs: glyphs)
        guard area.height > 1 else { return }
        buffer.draw(head, in: area.line(1), glyphs: glyphs)
        let body = Rect(x: area.x, y: area.y + 2, width: area.width, height: max(0, area.height - 2))
        guard body.height > 0 else { return }
        guard state.order.isEmpty else {
            let view = TableView(source: table, state: state, isWide: context.isWide, hasFocus: context.hasFocus)
            return buffer.draw(view, in: body, glyphs: glyphs)
        }
        buffer.put(head.emptyWords(filter: state.filter), wrappedIn: body)
    }
}
