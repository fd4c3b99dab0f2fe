import FleetModel
import Terminal

extension Key {
    /// The key that people call so: a single character, `Ctrl-X`, `F1`, or a name such as `PgDn`, in any case.
    /// - Returns: nil for what is none.
    init?(name: String) {
        if name.count == 1, let character = name.first, !character.isWhitespace, SafeText(name).text == name {
            self = .character(character)
            return
        }
        let lowered = name.lowercased()
        if let named = Self.named[lowered] {
            self = named
        } else if lowered.hasPrefix("ctrl-"), let control = Self.control(lowered.dropFirst("ctrl-".count)) {
            self = control
        } else if lowered.hasPrefix("f"), let number = Int(lowered.dropFirst()), (1...12).contains(number) {
            self = .function(number)
        } else {
            return nil
        }
    }

    /// Terminals send Ctrl with a letter, and some of these arrive as keys of their own: Ctrl-H, I, J and M.
    private static func control(_ letter: Substring) -> Key? {
        guard letter.utf8.count == 1, let character = letter.first, ("a"..."z").contains(character),
            !"hijm".contains(character)
        else { return nil }
        return .control(character)
    }

    private static let named: [String: Key] = {
        let keys: [Key] = [
            .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home,
            .end, .pageUp, .pageDown,
        ]
        return Dictionary(uniqueKeysWithValues: keys.map { ($0.words.text.lowercased(), $0) })
    }()
}
