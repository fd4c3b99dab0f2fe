import FleetModel

/// Whom one message is for: clients that match all that is set, each once; everyone where nothing is.
struct Audience: Hashable, Sendable {
    var room: RoomName?
    var user: String?
    var role: String?

    init(room: RoomName? = nil, user: String? = nil, role: String? = nil) {
        self.room = room
        self.user = user
        self.role = role
    }

    /// The channel says whom a message is for, and the envelope's user and role restrict it further, so that nothing
    /// meant for a role reaches others. An envelope's topic decides on the fleet's channel only; elsewhere the
    /// channel stands for it.
    init(channel: BackplaneChannel, header: EnvelopeHeader) throws(EnvelopeFault) {
        self.init(user: header.targetUser, role: header.targetRole)
        switch channel {
        case .fleet: room = header.topic
        case .everyone: break
        case .room(let room): self.room = room
        case .user(let user):
            guard self.user == nil || self.user == user else { throw .contradiction }
            self.user = user
        case .role(let role):
            guard self.role == nil || self.role == role else { throw .contradiction }
            self.role = role
        }
    }

    /// The class of a message: that of the room it is about, best effort where it is about none.
    static func criticality(
        channel: BackplaneChannel, header: EnvelopeHeader, _ rules: CriticalityRules
    ) -> Criticality {
        if case .room(let room) = channel { return rules.criticality(of: room) }
        return header.topic.map(rules.criticality) ?? .bestEffort
    }
}
