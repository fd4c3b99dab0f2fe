import AdminAPI
import FleetModel

/// One page of the rooms of all workers by name, merged from a page of each. What it lists it lists exactly: it ends
/// where the first worker's page ends.
struct MergedRooms: Sendable {
    let query: RoomQuery
    let at: UnixTime
    let rows: [RoomRow]
    /// The last room of the page where there may be more behind it.
    let next: RoomName?
    let asked: Int
    let failures: [(worker: WorkerID, error: AdminError)]
    /// How many rooms each worker has in all.
    let totals: [Int]

    /// - Parameter active: the workers that take clients.
    init(_ answer: FleetAnswer, _ query: RoomQuery, active: [WorkerID]) {
        self.query = query
        at = answer.at
        asked = answer.parts.count
        failures = answer.failures
        let pages = answer.replies.compactMap { worker, reply in
            if case .rooms(let page) = reply { (worker: worker, page: page) } else { nil }
        }
        totals = pages.map(\.page.total)
        // A page that says that more follows and has nothing ends no list.
        let end = pages.compactMap { $0.page.nextCursor == nil ? nil : $0.page.items.last?.room }.min()
        var spreads: [RoomName: RoomSpread] = [:]
        for (worker, page) in pages {
            for item in page.items where Self.isWithin(item.room, after: query.after, end: end) {
                spreads[item.room, default: RoomSpread(room: item.room, criticality: item.criticality)]
                    .add(item.connections, of: worker)
            }
        }
        let census = RoomCensus(active: active, partial: failures.map(\.worker))
        let sorted = spreads.values.sorted { $0.room < $1.room }
        let shown = sorted.prefix(RoomPaging.mostRows)
        rows = shown.map { RoomRow($0, census) }
        next = sorted.count > shown.count ? shown.last?.room : shown.isEmpty ? nil : end
    }

    private static func isWithin(_ room: RoomName, after: RoomName?, end: RoomName?) -> Bool {
        if let after, room <= after { return false }
        return end.map { room <= $0 } ?? true
    }

    /// Between how many and how many rooms there are: a room may be on one worker or on all.
    var bounds: (least: Int, most: Int) { (totals.max() ?? 0, totals.reduce(0, +)) }
    var answered: Int { asked - failures.count }
}
