import Gateway

extension FileSection where Value == AccessRules {
    static let access = FileSection([
        Field.audience("publish", \.publish),
        Field(
            "rooms", \.rules, allowed: "a list of {prefix: TEXT, join: WHO, publish: WHO}",
            read: { value, access in
                // What a rule leaves out is as open as it would be without the rule.
                let open = AccessRules.Rule(prefix: "", join: .anyone, publish: access.publish)
                return try PrefixRules.read(value, .accessRule, from: open, prefix: \.prefix)
            },
            write: { rules in
                "["
                    + rules.map {
                        "{prefix: \"\($0.prefix)\", join: \($0.join.text), publish: \($0.publish.text)}"
                    }.joined(separator: ", ") + "]"
            }),
    ])
}

extension FileSection where Value == AccessRules.Rule {
    fileprivate static let accessRule = FileSection([
        Field("prefix", \.prefix, .roomPrefix, isRequired: true),
        Field.audience("join", \.join),
        Field.audience("publish", \.publish),
    ])
}

extension Field {
    fileprivate static func audience(
        _ key: String, _ path: any WritableKeyPath<Section, AccessRules.Audience> & Sendable
    ) -> Field {
        Field(
            key, path, allowed: AccessRules.Audience.allowed, read: { value, _ in try AccessRules.Audience(value) },
            write: \.text)
    }
}

extension AccessRules.Audience {
    fileprivate static let allowed = "anyone, any_role, or a list of roles like [ADMIN]"

    fileprivate init(_ value: FileValue) throws {
        if value.isList {
            self = .roles(Set(try RoleName.list(value)))
            return
        }
        switch try value.text(request: "give \(Self.allowed)") {
        case "anyone": self = .anyone
        case "any_role": self = .anyRole
        case let text: throw value.place.refusal("\"\(text)\" is not allowed: give \(Self.allowed)")
        }
    }

    fileprivate var text: String {
        switch self {
        case .anyone: "anyone"
        case .anyRole: "any_role"
        case .roles(let roles): "[" + roles.sorted().joined(separator: ", ") + "]"
        }
    }
}

/// The name of a role, as tokens give it.
enum RoleName {
    static let most = 64
    private static let longest = 128

    static func list(_ value: FileValue) throws -> [String] {
        let items = try value.items(request: "give a list of roles")
        guard items.count <= most else {
            throw value.place.refusal("\(items.count) roles are too many: at most \(most)")
        }
        var roles: [String] = []
        for item in items {
            let role = try check(try item.text(request: "give a role"), at: item.place)
            guard !roles.contains(role) else { throw item.place.refusal("\"\(role)\" is given twice; leave one out") }
            roles.append(role)
        }
        return roles
    }

    static func check(_ role: String, at place: FilePlace) throws -> String {
        guard (1...longest).contains(role.utf8.count) else {
            throw place.refusal("\"\(role)\" is not allowed: give a role of 1 to \(longest) bytes")
        }
        return role
    }
}
