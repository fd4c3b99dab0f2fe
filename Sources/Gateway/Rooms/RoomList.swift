import AdminAPI
import FleetModel

/// The rooms of a worker in one order, to be read page by page.
struct RoomList: Sendable {
    let order: RoomListOrder
    private let rooms: [RoomSize]

    init(_ sizes: [RoomSize], _ filter: RoomFilter, _ order: RoomListOrder) {
        self.order = order
        let rooms = filter == .all ? sizes : sizes.filter { filter.includes($0.room) }
        self.rooms =
            switch order {
            case .connections: rooms.sorted()
            case .name: rooms.sorted { $0.room < $1.room }
            }
    }

    /// - Parameter cursor: where the page before ended; nil for the first page.
    /// - Throws: `AdminError` for a cursor that is not one of the list's.
    func page(after cursor: String?, limit: Int, _ rules: CriticalityRules) throws -> Page<RoomInfo> {
        let start = try start(after: cursor)
        return Page(first: limit, of: rooms[start...], total: rooms.count, cursor: order.cursor(of:)) { $0.info(rules) }
    }

    private func start(after cursor: String?) throws -> Int {
        switch order {
        case .connections:
            let position = try Page<RoomInfo>.position(at: cursor) { RoomSize(cursor: $0) }
            return position.map { position in rooms.partition { position < $0 } } ?? 0
        case .name:
            let name = try Page<RoomInfo>.position(at: cursor) { RoomName($0) }
            return name.map { name in rooms.partition { name < $0.room } } ?? 0
        }
    }
}

extension RoomList {
    /// The first page alone, for which nothing need be put in order but itself.
    static func firstPage(
        of sizes: [RoomSize], _ filter: RoomFilter, _ order: RoomListOrder, limit: Int, _ rules: CriticalityRules
    ) -> Page<RoomInfo> {
        var (first, total) = (Foremost<RoomPlace>(limit + 1), 0)
        for size in sizes where filter.includes(size.room) {
            total += 1
            first.insert(RoomPlace(size: size, order: order))
        }
        return Page(first: limit, of: first.elements, total: total, cursor: { order.cursor(of: $0.size) }) {
            $0.size.info(rules)
        }
    }

    /// Compares by one order.
    private struct RoomPlace: Comparable {
        let size: RoomSize
        let order: RoomListOrder

        static func < (left: Self, right: Self) -> Bool {
            switch left.order {
            case .connections: left.size < right.size
            case .name: left.size.room < right.size.room
            }
        }
    }
}

extension RoomListOrder {
    fileprivate func cursor(of size: RoomSize) -> String {
        switch self {
        case .connections: size.cursor
        case .name: size.room.rawValue
        }
    }
}

extension RoomSize {
    fileprivate func info(_ rules: CriticalityRules) -> RoomInfo {
        RoomInfo(room: room, criticality: rules.criticality(of: room), connections: connections)
    }
}
