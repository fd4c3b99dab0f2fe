import FleetModel
import Terminal

/// One thing that an operator may say about an act before it is done.
package struct ActField: Sendable {
    package enum Name: Sendable, Hashable {
        case reason, rate, deadline, tolerance, rooms, pattern, time, recipients, message, criticality, acknowledgement
        case breaker, mode, connection, mayReturn, maximumRecovery, baseline, hold
    }

    package let name: Name
    let label: SafeText
    /// Shown while nothing is typed: what then holds.
    let placeholder: SafeText
    package var text: TextField
    /// What may be typed, where it is one of a few; Left and Right go through them.
    private(set) var choices: [String] = []
    /// Workers are asked about it, but not about each key: only once another field is typed into.
    private(set) var isAskedAbout = false

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
        ActField(
            .reason, ActFieldWords.reason, placeholder: ActFieldWords.reasonIsKept, maximumLength: maximumReason)
    }

    static func choice(
        _ name: Name, _ label: SafeText, _ choices: [String], placeholder: SafeText? = nil, _ text: String = ""
    ) -> ActField {
        let offered = SafeText(choices.joined(separator: ", "))
        var field = ActField(name, label, placeholder: placeholder ?? offered, text)
        field.choices = choices
        return field
    }

    /// Yes or no; no where nothing is typed.
    static func flag(_ name: Name, _ label: SafeText) -> ActField {
        .choice(name, label, [ActFieldWords.yes.text, ActFieldWords.no.text], placeholder: ActFieldWords.no)
    }

    func askedAbout() -> ActField {
        var field = self
        field.isAskedAbout = true
        return field
    }

    /// - Returns: false for a key that chooses nothing.
    mutating func choose(by key: Key) -> Bool {
        guard !choices.isEmpty, key == .left || key == .right else { return false }
        let step = key == .right ? 1 : -1
        let start = step == 1 ? -1 : 0
        let index = choices.firstIndex(of: text.trimmed) ?? start
        text = TextField(choices[(index + step + choices.count) % choices.count], maximumLength: Self.maximumName)
        return true
    }
}
