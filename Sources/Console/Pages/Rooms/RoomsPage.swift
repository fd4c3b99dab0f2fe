import AdminAPI
import FleetModel
import Terminal

/// The rooms of the fleet against the workers that hold them: the largest as samples tell them every second, or all by
/// name as the workers list them, page by page.
struct RoomsPage: ConsolePage {
    enum Mode: Sendable {
        case largest, byName
    }

    private(set) var mode = Mode.largest
    private var state = TableState()
    private(set) var walk = RoomWalk()
    /// The page of `walk` as the workers last gave it.
    private(set) var merged: MergedRooms?

    let kind = PageKind.rooms
    var title: SafeText { PageWords.name(.rooms) }

    var table: TableState? {
        get { state }
        set { state = newValue ?? state }
    }

    func source(_ context: PageContext) -> (any TableSource)? { roomTable(context) }

    func roomTable(_ context: PageContext) -> RoomTable {
        let rooms = context.snapshot.rooms
        let workers = WorkerHeading.fitting(
            context.area.width, rooms, selected: context.chosenWorker, isWide: context.isWide)
        return RoomTable(rows(context), workers: workers, connections: context.snapshot.totals.connections)
    }

    private func rows(_ context: PageContext) -> [RoomRow] {
        switch mode {
        case .largest: context.snapshot.rooms.rows
        case .byName: merged?.rows ?? []
        }
    }

    func selection(_ context: PageContext) -> PageSelection { selectedRoom(context).map { .room($0) } ?? .none }

    func selectedRoom(_ context: PageContext) -> RoomName? {
        state.selectedID(roomTable(context)).flatMap { RoomName($0) }
    }
}

// MARK: - Asking

extension RoomsPage {
    func wishes(_ context: PageContext) -> [Wish] {
        guard mode == .byName else { return [] }
        let workers = context.live.fleet.workers.count
        return [Wish(query: .rooms(query(context)), audience: .everyone, every: RoomPaging.interval(workers: workers))]
    }

    private func query(_ context: PageContext) -> RoomQuery {
        walk.query(workers: context.world.fleet.workers.count)
    }

    mutating func refresh(_ context: PageContext) {
        if mode == .byName { follow(context) }
        arrange(context)
    }

    /// Takes in the answer for the page that is looked at, once.
    private mutating func follow(_ context: PageContext) {
        walk.look(for: state.filter.isEverything ? nil : RoomWalk.pattern(in: state.filter.text))
        let query = query(context)
        guard let answer = context.world.answers[.rooms(query)] else { return merged = nil }
        guard merged?.query != query || merged?.at != answer.at else { return }
        merged = MergedRooms(answer, query, active: context.snapshot.activeWorkers)
    }

    /// Where the workers have filtered already, the rows that came are all meant.
    private mutating func arrange(_ context: PageContext) {
        let height = max(0, context.area.height - Self.head)
        guard mode == .byName, walk.pattern != nil else { return state.arrange(roomTable(context), height: height) }
        var state = unfiltered
        state.arrange(roomTable(context), height: height)
        state.filter = self.state.filter
        self.state = state
    }

    /// What is typed as a filter is the workers' affair here.
    private var unfiltered: TableState {
        var state = state
        if mode == .byName, walk.pattern != nil { state.filter = .everything }
        return state
    }

    /// The rule, the totals and the titles.
    private static let head = 3
}

// MARK: - Moving

extension RoomsPage {
    /// `:rooms PATTERN` looks for it among all rooms.
    mutating func take(_ arguments: [String]) -> PageAnswer {
        guard let pattern = arguments.first else { return .done }
        mode = .byName
        state.filter = RowFilter(pattern)
        return .done
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .switchFocus:
            mode = mode == .largest ? .byName : .largest
            state.scrollToTop()
        case .open: return selectedRoom(context).map { .open(ConnectionsPage(ConnectionScope(room: $0))) } ?? .done
        case .right where mode == .byName && !context.isWide: return goOn()
        case .left where mode == .byName && !context.isWide: return goBack()
        case .down, .pageDown:
            guard mode == .byName, isAt(.last, context), merged?.next != nil else { return .ignored }
            return goOn()
        case .up, .pageUp:
            guard mode == .byName, isAt(.first, context), walk.after != nil else { return .ignored }
            return goBack()
        default: return .ignored
        }
        return .done
    }

    private enum End {
        case first, last
    }

    private func isAt(_ end: End, _ context: PageContext) -> Bool {
        guard let position = state.position(roomTable(context)) else { return false }
        switch end {
        case .first: return position == 0
        case .last: return position == state.order.count - 1
        }
    }

    private mutating func goOn() -> PageAnswer {
        guard let merged else { return .hint(RoomWords.goingOn) }
        guard let next = merged.next else { return .hint(RoomWords.lastPage) }
        walk.goOn(after: next)
        state.scrollToTop()
        return .done
    }

    private mutating func goBack() -> PageAnswer {
        guard walk.goBack() else { return .hint(RoomWords.firstPage) }
        state.scrollToTop()
        return .done
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        switch action {
        case .switchFocus: mode == .largest ? RoomWords.byName : RoomWords.largest
        case .open: PageWords.name(.connections)
        case .right where !context.isWide: merged?.next == nil || mode == .largest ? nil : RoomWords.nextPage
        case .left where !context.isWide: walk.after == nil || mode == .largest ? nil : RoomWords.previousPage
        default: nil
        }
    }
}

// MARK: - Drawing

extension RoomsPage {
    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let (table, glyphs) = (roomTable(context), context.glyphs)
        let view = RoomsHead(page: self, context: context)
        buffer.draw(
            Rule(context.crumbs, notes: view.notes + unfiltered.notes(table, glyphs)), in: area.line(0), glyphs: glyphs)
        guard area.height > 1 else { return }
        buffer.draw(view, in: area.line(1), glyphs: glyphs)
        let body = Rect(x: area.x, y: area.y + 2, width: area.width, height: max(0, area.height - 2))
        guard body.height > 0 else { return }
        guard state.order.isEmpty else {
            let view = TableView(source: table, state: state, isWide: context.isWide, hasFocus: context.hasFocus)
            return buffer.draw(view, in: body, glyphs: glyphs)
        }
        buffer.put(view.emptyWords(filter: state.filter), wrappedIn: body)
    }
}
