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

    init(for snapshot: Snapshot, selected: WorkerID?, width: Int) {
        let fixed = ColumnSet.margin + Self.classWidth + Self.connectionsWidth + Self.skewWidth + 4
        let room = (width - fixed - Self.leastRoom) / (Self.workerWidth + 1)
        let shown = Self.fullest(snapshot, selected: selected, limit: max(0, room))
        let spare = width - fixed - shown.count * (Self.workerWidth + 1)
        let longest = snapshot.rooms.lazy.map(\.room.rawValue.utf8.count).max() ?? 0
        roomWidth = max(4, min(spare, max(longest, Self.leastRoom), Self.mostRoom))
        classX = ColumnSet.margin + roomWidth + 1
        connectionsX = classX + Self.classWidth + 1
        let start = connectionsX + Self.connectionsWidth + 1
        let prefix = Self.commonPrefix(snapshot.liveWorkers)
        workers = shown.enumerated().map { index, worker in
            let title = SafeText(worker.rawValue.dropFirst(prefix).suffix(Self.workerWidth))
            return WorkerColumn(worker: worker, title: title, x: start + index * (Self.workerWidth + 1))
        }
        skewX = start + shown.count * (Self.workerWidth + 1)
    }

    /// All live workers where they fit; otherwise the selected one and those with most connections, in the order of
    /// their names.
    private static func fullest(_ snapshot: Snapshot, selected: WorkerID?, limit: Int) -> [WorkerID] {
        guard snapshot.liveWorkers.count > limit else { return snapshot.liveWorkers }
        let live = snapshot.rows.filter { $0.link == .live }
        let ranked = live.indices.sorted {
            (-weight(live[$0], selected), $0) < (-weight(live[$1], selected), $1)
        }
        return ranked.prefix(limit).sorted().map { live[$0].id }
    }

    private static func weight(_ row: WorkerRow, _ selected: WorkerID?) -> Int {
        row.id == selected ? .max : row.sample?.connections ?? 0
    }

    /// How many leading characters all names share, up to a dash: "gw1-" says nothing when every worker has it.
    private static func commonPrefix(_ workers: [WorkerID]) -> Int {
        guard let first = workers.first, workers.count > 1, let dash = first.rawValue.lastIndex(of: "-") else {
            return 0
        }
        let prefix = first.rawValue[...dash]
        return workers.allSatisfy { $0.rawValue.hasPrefix(prefix) } ? prefix.count : 0
    }
}
