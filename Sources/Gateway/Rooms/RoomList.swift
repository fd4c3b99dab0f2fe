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
        return Page(first: limit, of: rooms[start...], total: rooms.count, cursor: cursor(of:)) {
            RoomInfo(room: $0.room, criticality: rules.criticality(of: $0.room), connections: $0.connections)
        }
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

    private func cursor(of size: RoomSize) -> String {
        switch order {
        case .connections: size.cursor
        case .name: size.room.rawValue
        }
    }
}
