import FleetModel
import Terminal

/// One line of typed text, bounded, with its cursor at the end.
package struct TextField: Sendable, Equatable {
    package private(set) var text = ""
    /// In bytes of UTF-8, because that is what others bound.
    private let maximumLength: Int

    init(_ text: String = "", maximumLength: Int) {
        self.text = text
        self.maximumLength = maximumLength
    }

    package var safeText: SafeText { SafeText(text) }
    /// Without blanks around it.
    var trimmed: String {
        let isBlank: (Character) -> Bool = { $0 == " " }
        return String(text.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
    }

    /// - Returns: false when the key is none of a text field's.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .character(let character): append(character)
        case .backspace, .delete: _ = text.popLast()
        case .control("u"): text = ""
        case .control("w"): removeWord()
        default: return false
        }
        return true
    }

    /// As much of a text as fits.
    mutating func insert(_ text: String) {
        for character in text {
            guard self.text.utf8.count + character.utf8.count <= maximumLength else { return }
            self.text.append(character)
        }
    }

    private mutating func append(_ character: Character) {
        guard text.utf8.count + character.utf8.count <= maximumLength else { return }
        text.append(character)
    }

    private mutating func removeWord() {
        while text.last == " " { text.removeLast() }
        while let last = text.last, last != " " { text.removeLast() }
    }
}
