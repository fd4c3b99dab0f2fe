import FleetModel
import Terminal

/// The columns of the heat table that fit a width: the room's own, one for each worker shown, and the skew.
struct RoomColumns {
    struct WorkerColumn {
        let worker: WorkerID
        let title: SafeText
        let x: Int
    }

    static let workerWidth = 6
    static let classWidth = 9
    static let connectionsWidth = 8
    static let skewWidth = 6
    private static let leastRoom = 16
    private static let mostRoom = 40

    let roomWidth: Int
    let classX: Int
    let connectionsX: Int
    let workers: [WorkerColumn]
    let skewX: Int

    init(for rooms: RoomOverview, selected: WorkerID?, width: Int) {
        let fixed = TableLayout.margin + Self.classWidth + Self.connectionsWidth + Self.skewWidth + 4
        let room = (width - fixed - Self.leastRoom) / (Self.workerWidth + 1)
        let shown = rooms.shownWorkers(limit: max(0, room), selected: selected)
        let spare = width - fixed - shown.count * (Self.workerWidth + 1)
        let longest = rooms.rows.lazy.map(\.room.rawValue.utf8.count).max() ?? 0
        roomWidth = max(4, min(spare, max(longest, Self.leastRoom), Self.mostRoom))
        classX = TableLayout.margin + roomWidth + 1
        connectionsX = classX + Self.classWidth + 1
        let start = connectionsX + Self.connectionsWidth + 1
        workers = shown.enumerated().map { index, worker in
            let title = SafeText(worker.rawValue.dropFirst(rooms.commonPrefix).suffix(Self.workerWidth))
            return WorkerColumn(worker: worker, title: title, x: start + index * (Self.workerWidth + 1))
        }
        skewX = start + shown.count * (Self.workerWidth + 1)
    }
}
