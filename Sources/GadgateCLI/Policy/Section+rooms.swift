import FleetModel
import Gateway

extension Field where Section == GatewayPolicy {
    /// The ordered rules that give rooms their class.
    static let rooms = Field(
        "rooms", \.rules, allowed: "a list of {prefix: TEXT, class: CLASS}",
        read: { value, _ in
            let unset = CriticalityRules.Rule(prefix: "", criticality: .bestEffort)
            return CriticalityRules(
                rules: try PrefixRules.read(value, .roomRule, from: unset, prefix: \.prefix))
        },
        write: { rules in
            "["
                + rules.rules.map { "{prefix: \"\($0.prefix)\", class: \($0.criticality.rawValue)}" }
                .joined(separator: ", ") + "]"
        })
}

extension FileSection where Value == CriticalityRules.Rule {
    fileprivate static let roomRule = FileSection([
        Field("prefix", \.prefix, .roomPrefix, isRequired: true),
        Field("class", \.criticality, .choice, isRequired: true),
    ])
}
