import FleetModel
import Gateway

extension FileSection where Value == AdminPolicy {
    static let admin = FileSection([
        Field(
            "access", \.access, allowed: "a list of {user: NAME, role: ROLE}, with group or certificate for user",
            read: { value, _ in try AdminRules.read(value) },
            write: { rules in "[" + rules.map(\.text).joined(separator: ", ") + "]" })
    ])
}

/// Reads the rules that give operators their roles.
private enum AdminRules {
    static func read(_ value: FileValue) throws -> [AdminRule] {
        let items = try value.items(request: "give a list of rules, each with user, group or certificate, and a role")
        guard items.count <= AdminRule.most else {
            throw value.place.refusal("\(items.count) rules are too many: at most \(AdminRule.most)")
        }
        return try items.map { item in
            var draft = Draft()
            try FileSection<Draft>.adminRule.read(item, into: &draft)
            return AdminRule(try draft.subject(at: item), role: draft.role)
        }
    }

    /// One rule as it is written.
    fileprivate struct Draft {
        var user: String?
        var group: String?
        var certificate: String?
        var role = AccessRole.viewer

        func subject(at item: FileValue) throws -> AdminRule.Subject {
            switch (user, group, certificate) {
            case (let user?, nil, nil): return .user(user)
            case (nil, let group?, nil): return .group(group)
            case (nil, nil, let certificate?): return .certificate(certificate)
            case (nil, nil, nil): throw item.place.refusal("nobody is named: give user, group or certificate")
            case (_?, _?, _), (_?, _, _?), (_, _?, _?):
                throw item.place.refusal("a rule is about one of user, group and certificate; make two rules of it")
            }
        }
    }
}

extension FileSection where Value == AdminRules.Draft {
    fileprivate static let adminRule = FileSection([
        Field("user", \.user, .systemName), Field("group", \.group, .systemName),
        Field("certificate", \.certificate, .certificateName), Field("role", \.role, .choice, isRequired: true),
    ])
}

extension Kind where Value == String? {
    /// A user or group of the system.
    fileprivate static var systemName: Kind {
        Kind(allowed: "a name of 1 to 128 bytes without spaces", read: { name($0, longest: 128) }, write: { $0 ?? "" })
    }

    fileprivate static var certificateName: Kind {
        Kind(
            allowed: "the SAN URI of a certificate", example: "like gad://user/mperez",
            read: { $0.contains("://") ? name($0, longest: 512) : nil }, write: { $0 ?? "" })
    }

    private static func name(_ text: String, longest: Int) -> String?? {
        let isRight =
            (1...longest).contains(text.utf8.count) && !text.contains(where: \.isWhitespace)
            && SafeText(text).text == text
        return isRight ? .some(text) : nil
    }
}

extension AdminRule {
    fileprivate var text: String {
        let whom =
            switch subject {
            case .user(let name): "user: \(name)"
            case .group(let name): "group: \(name)"
            case .certificate(let name): "certificate: \"\(name)\""
            }
        return "{\(whom), role: \(role.rawValue)}"
    }
}
