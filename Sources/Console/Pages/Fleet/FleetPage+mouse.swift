import Terminal

/// The page has two tables; a click on either gives it the keys.
extension FleetPage {
    func tableArea(_ context: PageContext) -> Rect { layout(context).workers.body }

    mutating func click(x: Int, y: Int, _ context: PageContext) -> PageAnswer {
        let layout = layout(context)
        if layout.workers.whole.contains(x: x, y: y) {
            focus = .workers
            return workers.order.isEmpty ? .done : .ignored
        }
        guard let rows = layout.roomRows, rows.contains(x: x, y: y) else { return .done }
        let room = roomScroll + y - rows.y
        guard context.snapshot.rooms.rows.indices.contains(room) else { return .done }
        let isSelected = focus == .rooms && selectedRoom == room
        (focus, selectedRoom) = (.rooms, room)
        return isSelected ? open(context) : .done
    }

    mutating func turnWheel(_ rows: Int, x: Int, y: Int, _ context: PageContext) -> PageAnswer {
        let layout = layout(context)
        if layout.workers.whole.contains(x: x, y: y) { return .ignored }
        if layout.rooms?.whole.contains(x: x, y: y) ?? false {
            roomScroll += rows
            clampRooms(context)
        }
        return .done
    }
}
