import FleetModel
import Terminal

/// The console's first page: the workers with trouble on top, the rooms they hold, and what happened.
struct FleetPage: ConsolePage {
    var focus = Focus.workers
    var workers = TableState()
    var selectedRoom = 0
    var roomScroll = 0

    let kind = PageKind.fleet
    var title: SafeText { PageWords.name(.fleet) }

    var table: TableState? {
        get { workers }
        set { workers = newValue ?? workers }
    }

    func source(_ context: PageContext) -> (any TableSource)? { workerTable(context) }

    func workerTable(_ context: PageContext) -> WorkerTable {
        WorkerTable(
            context.snapshot, highlightsChanges: context.preferences.highlightsChanges,
            hasContexts: context.hasSeveralContexts)
    }

    func layout(_ context: PageContext) -> FleetLayout {
        let lines = workers.order.isEmpty ? NoWorkersView.lineCount : workers.order.count
        return FleetLayout(in: context.area, workers: lines, rooms: context.snapshot.rooms.rows.count)
    }

    mutating func refresh(_ context: PageContext) {
        let source = workerTable(context)
        let count = workers.order.count
        workers.arrange(source, height: layout(context).workerRows.height)
        // How many rows there are decides on the layout, and that on how many fit.
        if workers.order.count != count { workers.arrange(source, height: layout(context).workerRows.height) }
        if !workers.marked.isEmpty {
            workers.marked.formIntersection(context.live.fleet.workers.keys.lazy.map(\.rawValue))
        }
        clampRooms(context)
    }
}

// MARK: - Drawing

extension FleetPage {
    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let (layout, glyphs) = (layout(context), context.glyphs)
        let source = workerTable(context)
        if workers.order.isEmpty {
            buffer.draw(
                NoWorkersView(context: context, filter: workers.filter), in: layout.workers.body, glyphs: glyphs)
        } else {
            let view = TableView(
                source: source, state: workers, isWide: context.isWide,
                hasFocus: context.hasFocus && focus == .workers)
            buffer.draw(view, in: layout.workers.body, glyphs: glyphs)
        }
        let empty = context.emptyContexts.map { ContextWords.noWorkers(SafeText($0)) }
        let rule = Rule(PageWords.workers, notes: empty + workers.notes(source, glyphs))
        buffer.draw(rule, in: layout.workers.rule, glyphs: glyphs)
        if let section = layout.rooms {
            let view = RoomTableView(
                rooms: context.snapshot.rooms, selectedWorker: selectedWorker(context), scroll: roomScroll,
                selectedRoom: context.hasFocus && focus == .rooms ? selectedRoom : nil)
            buffer.draw(view, in: section.whole, glyphs: glyphs)
        }
        if let section = layout.events {
            let view = EventsView(log: context.world.log, title: PageWords.name(.events))
            buffer.draw(view, in: section.whole, glyphs: glyphs)
        }
    }

    func selectedWorker(_ context: PageContext) -> WorkerID? {
        workers.selectedID(workerTable(context)).map { WorkerID($0) }
    }

    func selection(_ context: PageContext) -> PageSelection {
        switch focus {
        case .workers: selectedWorker(context).map { .worker($0) } ?? .none
        case .rooms: selectedRoomName(context).map { .room($0) } ?? .none
        }
    }

    func selectedRoomName(_ context: PageContext) -> RoomName? {
        let rows = context.snapshot.rooms.rows
        return rows.indices.contains(selectedRoom) ? rows[selectedRoom].room : nil
    }
}

// MARK: - Moving

extension FleetPage {
    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .switchFocus: switchFocus(context)
        case .back: return goBack() ? .done : .ignored
        case .open: return open(context)
        case .up, .down, .pageUp, .pageDown, .first, .last:
            guard focus == .rooms else { return .ignored }
            moveRoom(action, context)
        default: return .ignored
        }
        return .done
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        guard action == .switchFocus else { return nil }
        switch focus {
        case .workers: return context.snapshot.rooms.rows.isEmpty ? nil : PageWords.name(.rooms)
        case .rooms: return PageWords.workers
        }
    }

    private mutating func switchFocus(_ context: PageContext) {
        let canLeave = !context.snapshot.rooms.rows.isEmpty && layout(context).rooms != nil
        focus = focus == .workers && canLeave ? .rooms : .workers
    }

    /// The next look at the rooms begins with the largest.
    private mutating func goBack() -> Bool {
        defer { (selectedRoom, roomScroll) = (0, 0) }
        guard focus == .rooms else { return false }
        focus = .workers
        return true
    }

    /// Drills into the selected worker or room.
    func open(_ context: PageContext) -> PageAnswer {
        switch focus {
        case .workers: selectedWorker(context).map { .open(WorkerPage($0)) } ?? .done
        case .rooms: selectedRoomName(context).map { .open(ConnectionsPage(ConnectionScope(room: $0))) } ?? .done
        }
    }

    private mutating func moveRoom(_ action: Action, _ context: PageContext) {
        let (count, page) = (context.snapshot.rooms.rows.count, max(1, (layout(context).roomRows?.height ?? 1) - 1))
        switch action {
        case .up: selectedRoom -= 1
        case .down: selectedRoom += 1
        case .pageUp: selectedRoom -= page
        case .pageDown: selectedRoom += page
        case .first: selectedRoom = 0
        case .last: selectedRoom = count - 1
        default: return
        }
        clampRooms(context)
        guard let height = layout(context).roomRows?.height else { return }
        if selectedRoom < roomScroll { roomScroll = selectedRoom }
        if selectedRoom >= roomScroll + height { roomScroll = selectedRoom - max(height, 1) + 1 }
    }

    mutating func clampRooms(_ context: PageContext) {
        let count = context.snapshot.rooms.rows.count
        selectedRoom = max(0, min(selectedRoom, count - 1))
        roomScroll = max(0, min(roomScroll, count - (layout(context).roomRows?.height ?? 0)))
    }
}
