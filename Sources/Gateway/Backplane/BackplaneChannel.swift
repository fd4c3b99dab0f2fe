import FleetModel

/// One channel of the backplane, and so one audience that another worker can address.
enum BackplaneChannel: Hashable, Sendable {
    case room(RoomName)
    case user(String)
    case role(String)
    case everyone
    /// GRUPO_GAD's own: the envelope says whom it is for.
    case fleet

    /// As it is called in Redis.
    var name: String {
        switch self {
        case .room(let room): Self.roomPrefix + room.rawValue
        case .user(let user): Self.userPrefix + user
        case .role(let role): Self.rolePrefix + role
        case .everyone: "gad:all"
        case .fleet: "ws_broadcast"
        }
    }

    /// - Returns: nil for a name that is none of ours.
    init?(name: String) {
        switch name {
        case "gad:all": self = .everyone
        case "ws_broadcast": self = .fleet
        default:
            if let room = name.after(Self.roomPrefix).flatMap({ RoomName(String($0)) }) {
                self = .room(room)
            } else if let user = name.after(Self.userPrefix) {
                self = .user(String(user))
            } else if let role = name.after(Self.rolePrefix) {
                self = .role(String(role))
            } else {
                return nil
            }
        }
    }

    private static let roomPrefix = "gad:room:"
    private static let userPrefix = "gad:user:"
    private static let rolePrefix = "gad:role:"
}

extension String {
    /// What follows `prefix`; nil where the text does not begin with it or ends there.
    fileprivate func after(_ prefix: String) -> Substring? {
        // By bytes, as Redis compares: a combining mark at its beginning belongs to what follows.
        guard utf8.starts(with: prefix.utf8), utf8.count > prefix.utf8.count else { return nil }
        return self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]
    }
}
