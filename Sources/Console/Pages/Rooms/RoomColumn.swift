import FleetModel
import Terminal

/// The columns of the table of rooms that are there whoever the workers are.
enum RoomColumn: String, CaseIterable {
    case room
    case criticality = "class"
    case connections = "conns"
    case skew, share

    func column(longestRoom: Int) -> TableColumn {
        switch self {
        case .room:
            TableColumn(
                id: rawValue, title: RoomWords.title(self),
                part: LayoutPart(minimum: RoomTable.leastRoom, maximum: min(longestRoom, 48), priority: 100),
                isLeftAligned: true,
                order: .ascending)
        case .criticality:
            TableColumn(
                id: rawValue, title: RoomWords.title(self), part: .fixed(9, priority: 80), isLeftAligned: true,
                order: .descending)
        case .connections: figure(8, priority: 95)
        case .skew: figure(6, priority: 90)
        case .share: figure(5, priority: 60)
        }
    }

    private func figure(_ width: Int, priority: Int) -> TableColumn {
        TableColumn(
            id: rawValue, title: RoomWords.title(self), part: .fixed(width, priority: priority), order: .descending)
    }
}
