import FleetModel

/// One thing that an operator may say about an act before it is done.
package struct ActField: Sendable {
    package enum Name: Sendable, Hashable {
        case reason, rate, deadline, tolerance, rooms, pattern, time, recipients, message, criticality, acknowledgement
        case breaker, mode, connection, maximumRecovery
    }

    package let name: Name
    let label: SafeText
    /// Shown while nothing is typed: what then holds.
    let placeholder: SafeText
    package var text: TextField

    /// Bytes of what is neither a number nor a text for people.
    static let maximumName = 300
    static let maximumNumber = 12
    /// Workers take no longer reasons.
    static let maximumReason = 200

    init(
        _ name: Name, _ label: SafeText, placeholder: SafeText = "", _ text: String = "",
        maximumLength: Int = ActField.maximumName
    ) {
        self.name = name
        self.label = label
        self.placeholder = placeholder
        self.text = TextField(text, maximumLength: maximumLength)
    }

    static func number(_ name: Name, _ label: SafeText, placeholder: SafeText) -> ActField {
        ActField(name, label, placeholder: placeholder, maximumLength: maximumNumber)
    }

    static var reason: ActField {
        ActField(.reason, "Reason", placeholder: "kept in the audit, shown to others", maximumLength: maximumReason)
    }
}
