import AdminAPI
import FleetModel

/// Which connections are meant: those in a room, of a user, in a role, on a worker, or several of these at once.
struct ConnectionScope: Sendable, Equatable {
    var room: RoomName?
    var user: String?
    var role: String?
    var worker: WorkerID?

    static let everything = ConnectionScope()

    init(room: RoomName? = nil, user: String? = nil, role: String? = nil, worker: WorkerID? = nil) {
        self.room = room
        self.user = user
        self.role = role
        self.worker = worker
    }

    /// - Parameter words: such as `room:ops:north user:4711`.
    /// - Returns: nil where a word is none of these.
    init?(_ words: [String]) {
        self.init()
        for word in words {
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            guard parts.count == 2, let field = Field(rawValue: parts[0]), take(field, parts[1]) else { return nil }
        }
    }

    /// What can be asked for, as it is typed before the colon.
    enum Field: String, CaseIterable {
        case room, user, role, worker
    }

    private mutating func take(_ field: Field, _ value: String) -> Bool {
        switch field {
        case .room:
            guard let name = RoomName(value) else { return false }
            room = name
        case .user: user = value
        case .role: role = value
        case .worker: worker = WorkerID(value)
        }
        return true
    }

    /// As it is typed.
    var words: SafeText {
        [
            room.map { "room:" + SafeText($0) }, user.map { "user:" + SafeText($0) },
            role.map { "role:" + SafeText($0) },
            worker.map { "worker:" + SafeText($0) },
        ].compactMap { $0 }.joined(separator: " ")
    }
}

extension ConnectionScope {
    /// What workers are asked: they choose by one thing, the one that leaves fewest.
    func query(_ order: ConnectionQuery.Order, limit: Int, cursor: String? = nil) -> ConnectionQuery {
        ConnectionQuery(
            room: user == nil ? room : nil, user: user, role: user == nil && room == nil ? role : nil, order: order,
            cursor: cursor, limit: limit)
    }

    /// Whether more is meant than workers choose by, so that the rest is looked for among what they give.
    var isNarrowedHere: Bool { [room != nil, user != nil, role != nil].count { $0 } > 1 }

    func includes(_ info: ConnectionInfo) -> Bool {
        if let room, !info.rooms.contains(room) { return false }
        if let user, info.userID != user { return false }
        if let role, info.role != role { return false }
        return true
    }
}
