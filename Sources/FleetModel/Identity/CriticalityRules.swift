/// Finds a room's class by its name: the first rule whose prefix fits decides; best effort where none does.
package struct CriticalityRules: Sendable, Equatable, Codable {
    package struct Rule: Sendable, Equatable, Codable {
        package var prefix: String
        package var criticality: Criticality

        package init(prefix: String, criticality: Criticality) {
            self.prefix = prefix
            self.criticality = criticality
        }

        private enum CodingKeys: String, CodingKey {
            case prefix
            case criticality = "class"
        }
    }

    package var rules: [Rule]

    package init(rules: [Rule]) {
        self.rules = rules
    }

    /// `gov:` critical, `ops:` important, anything else best effort.
    package static let standard = CriticalityRules(rules: [
        Rule(prefix: "gov:", criticality: .critical), Rule(prefix: "ops:", criticality: .important),
    ])

    package func criticality(of room: RoomName) -> Criticality {
        rules.first { room.rawValue.hasPrefix($0.prefix) }?.criticality ?? .bestEffort
    }
}
