import FleetModel

extension ConsoleModel {
    /// Moves the selection in the table that has the focus; following ends with the first step away.
    mutating func move(by step: Int) {
        switch focus {
        case .workers: selectWorker(at: (selectedIndex ?? 0) + step)
        case .rooms: selectRoom(at: selectedRoom + step)
        }
    }

    mutating func moveToEnd(last: Bool) {
        switch focus {
        case .workers: selectWorker(at: last ? order.count - 1 : 0)
        case .rooms: selectRoom(at: last ? shown.rooms.rows.count - 1 : 0)
        }
    }

    mutating func movePage(_ direction: Int) {
        let layout = layout
        let page = focus == .workers ? layout.workerRows.height : layout.roomRows?.height ?? 1
        move(by: direction * max(1, page - 1))
    }

    /// Where in the shown order the selected worker is.
    var selectedIndex: Int? {
        guard let selected else { return nil }
        let rows = shown.rows
        return order.firstIndex { rows[$0].id == selected }
    }

    private mutating func selectWorker(at index: Int) {
        guard !order.isEmpty else { return }
        let rows = shown.rows
        let worker = rows[order[max(0, min(index, order.count - 1))]].id
        if worker != chosen { isFollowing = false }
        chosen = worker
        keepSelectionVisible()
    }

    private mutating func selectRoom(at index: Int) {
        selectedRoom = max(0, min(index, shown.rooms.rows.count - 1))
        clampScroll()
        guard let height = layout.roomRows?.height else { return }
        roomScroll = Self.scroll(roomScroll, showing: selectedRoom, height: height)
    }

    /// Scrolls the worker table as little as needed to show the selected worker.
    mutating func keepSelectionVisible() {
        clampScroll()
        guard let selectedIndex else { return }
        workerScroll = Self.scroll(workerScroll, showing: selectedIndex, height: layout.workerRows.height)
    }

    /// Takes back scrolling past the end, after rows went or the screen grew.
    mutating func clampScroll() {
        let layout = layout
        workerScroll = max(0, min(workerScroll, order.count - layout.workerRows.height))
        selectedRoom = max(0, min(selectedRoom, shown.rooms.rows.count - 1))
        roomScroll = max(0, min(roomScroll, shown.rooms.rows.count - (layout.roomRows?.height ?? 0)))
    }

    private static func scroll(_ scroll: Int, showing index: Int, height: Int) -> Int {
        if index < scroll { return index }
        return index >= scroll + height ? index - max(height, 1) + 1 : scroll
    }
}
