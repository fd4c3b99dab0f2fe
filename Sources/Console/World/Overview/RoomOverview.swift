import FleetModel

/// The most populated rooms of a fleet and the workers that hold them.
package struct RoomOverview: Sendable {
    /// When the rooms were summed.
    let time: UnixTime
    /// Largest first.
    package let rows: [RoomRow]
    /// Workers with a column to show, in the order of their names.
    let workers: [WorkerID]
    /// Indices into `workers`, most connections first: who is shown when not all can be.
    let byLoad: [Int]
    /// How many leading characters all names share, up to a dash: "gw1-" says nothing when every worker has it.
    let commonPrefix: Int

    /// More than any screen has lines for.
    static let maximumRooms = 64

    init(of fleet: Fleet, rows workerRows: [WorkerRow], at now: UnixTime) {
        time = now
        let live = workerRows.filter(\.isLive)
        workers = live.map(\.figures.id)
        let loads = live.map { $0.connections ?? 0 }
        byLoad = loads.indices.sorted { (-loads[$0], $0) < (-loads[$1], $1) }
        commonPrefix = Self.commonPrefix(workers)
        let full = live.filter { ($0.figures.heard?.value.topRooms.count ?? 0) >= WorkerSample.maximumTopRooms }
        let census = RoomCensus(
            active: live.filter { $0.sample?.state == .active }.map(\.id), partial: full.map(\.figures.id))
        rows = fleet.topRooms(limit: Self.maximumRooms).map { RoomRow($0, census) }
    }

    /// Summing over a large fleet costs more than all the rest of a tick, and large rooms change slowly.
    private static let largeFleet = 200
    private static let largeFleetInterval: Duration = .seconds(5)

    /// Whether these rooms may be shown for another tick.
    func isFresh(at now: UnixTime, workers: Int) -> Bool {
        workers > Self.largeFleet && !rows.isEmpty && time <= now
            && time.duration(to: now) < Self.largeFleetInterval
    }

    /// All workers where so many fit; otherwise the selected one and those with most connections, ordered by name.
    func shownWorkers(limit: Int, selected: WorkerID?) -> [WorkerID] {
        guard workers.count > limit else { return workers }
        var shown = Array(byLoad.prefix(limit))
        if limit > 0, let selected, let index = workers.firstIndex(of: selected), !shown.contains(index) {
            shown[limit - 1] = index
        }
        return shown.sorted().map { workers[$0] }
    }

    private static func commonPrefix(_ workers: [WorkerID]) -> Int {
        guard let first = workers.first, workers.count > 1, let dash = first.rawValue.lastIndex(of: "-") else {
            return 0
        }
        let prefix = first.rawValue[...dash]
        return workers.allSatisfy { $0.rawValue.hasPrefix(prefix) } ? prefix.count : 0
    }
}
