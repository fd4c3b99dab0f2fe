import AdminAPI
import FleetModel
import Terminal

/// One column of the table of connections.
enum ConnectionColumn: String, CaseIterable {
    case connection, user, role, worker, age, silence = "heard", heartbeat, queue, messages = "queued", rooms, address

    /// What workers can order by; the other columns order what was read.
    var order: ConnectionQuery.Order? {
        switch self {
        case .age: .connected
        case .queue: .queue
        case .silence: .heard
        case .connection, .user, .role, .worker, .heartbeat, .messages, .rooms, .address: nil
        }
    }

    func column(_ longest: ConnectionBook.Longest, width: Int) -> TableColumn {
        TableColumn(
            id: rawValue, title: ConnectionWords.title(self), part: part(longest, width: width),
            isLeftAligned: isLeftAligned,
            order: isName ? .ascending : .descending, keepsTail: self == .worker)
    }

    private var isName: Bool {
        switch self {
        case .connection, .user, .role, .worker, .address: true
        case .age, .silence, .heartbeat, .queue, .messages, .rooms: false
        }
    }

    private var isLeftAligned: Bool { isName || self == .rooms || self == .heartbeat }

    /// As much of a connection's id as tells it from others; the whole of it is in its details.
    private static let shortID = 13
    /// From this width on a table has room for whole ids.
    private static let roomy = 160

    /// Names get no more than the longest of them needs: the rooms can do with what is left.
    private func part(_ longest: ConnectionBook.Longest, width: Int) -> LayoutPart {
        switch self {
        case .connection:
            LayoutPart(
                minimum: Self.shortID, maximum: width < Self.roomy ? Self.shortID : min(longest.connection, 36),
                priority: 100)
        case .user: LayoutPart(minimum: 8, maximum: min(longest.user, 24), priority: 95)
        case .worker:
            LayoutPart(minimum: max(6, min(longest.worker, 10)), maximum: min(longest.worker, 20), priority: 90)
        case .queue: .fixed(5, priority: 85)
        case .age: .fixed(4, priority: 80)
        case .silence: .fixed(5, priority: 75)
        case .heartbeat: .fixed(12, priority: 70)
        case .role: LayoutPart(minimum: 8, maximum: min(longest.role, 12), priority: 65)
        case .rooms: LayoutPart(minimum: 10, maximum: 60, priority: 60)
        case .messages: .fixed(6, priority: 55)
        case .address: LayoutPart(minimum: 15, maximum: min(longest.address, 40), priority: 50)
        }
    }
}
