import FleetModel

/// Who may join and who may publish, by room: the first rule whose prefix fits decides.
///
/// They are looked up when a client joins or publishes, never for a delivery.
package struct AccessRules: Sendable, Equatable, Codable {
    package enum Audience: Sendable, Equatable, Codable {
        case anyone
        /// Clients whose token gives them at least one role.
        case anyRole
        case roles(Set<String>)

        func contains(_ identity: Identity) -> Bool {
            switch self {
            case .anyone: true
            case .anyRole: !identity.roles.isEmpty
            case .roles(let roles): identity.roles.contains(where: roles.contains)
            }
        }
    }

    package struct Rule: Sendable, Equatable, Codable {
        /// Empty for every room.
        package var prefix: String
        package var join: Audience
        package var publish: Audience

        package init(prefix: String, join: Audience, publish: Audience) {
            self.prefix = prefix
            self.join = join
            self.publish = publish
        }
    }

    package var rules: [Rule]
    /// Who may publish to users, to roles, to everyone, and to rooms that no rule is about.
    package var publish: Audience

    package init(
        rules: [Rule] = [Rule(prefix: "gov:", join: .anyRole, publish: .roles(["ADMIN"]))],
        publish: Audience = .roles(["ADMIN"])
    ) {
        self.rules = rules
        self.publish = publish
    }

    func mayJoin(_ room: RoomName, _ identity: Identity) -> Bool {
        rule(for: room)?.join.contains(identity) ?? true
    }

    func mayPublish(to channel: BackplaneChannel, _ identity: Identity) -> Bool {
        switch channel {
        case .room(let room): (rule(for: room)?.publish ?? publish).contains(identity)
        case .user, .role, .everyone, .fleet: publish.contains(identity)
        }
    }

    private func rule(for room: RoomName) -> Rule? { rules.first { room.rawValue.hasPrefix($0.prefix) } }
}
