import FleetModel

/// Which rows are shown: those of which a word matches, or with `!` before it those of which none does.
///
/// What is typed is a regular expression that knows no case. One that is not finished yet, as `gw[`, is taken letter by
/// letter, so that the table does not flicker while it is typed.
package struct RowFilter: Sendable, Equatable {
    package let text: String
    private let needle: String
    private let isInverse: Bool
    /// nil where the needle is plain text: looking for that is many times faster.
    private let expression: Expression?

    /// Longer than any name that fits a screen.
    static let maximumLength = 64

    /// - Parameter text: as typed; empty, or a lone `!`, shows everything.
    package init(_ text: String) {
        self.text = text
        isInverse = text.hasPrefix("!")
        needle = Self.lowercased(isInverse ? text.dropFirst() : text[...])
        let isPlain = needle.utf8.allSatisfy { !Self.signs.contains($0) }
        expression = isPlain ? nil : Expression(needle)
    }

    package static let everything = RowFilter("")

    package var isEverything: Bool { needle.isEmpty }

    /// Something in it is meant as more than a letter, and what it says cannot be read.
    var isBroken: Bool { expression == nil && needle.utf8.contains { Self.brackets.contains($0) } }

    func shows(_ words: [String]) -> Bool {
        guard !isEverything else { return true }
        return words.contains(where: matches) != isInverse
    }

    private func matches(_ word: String) -> Bool {
        let word = word.lowercased()
        guard let expression else { return word.contains(needle) }
        return expression.matches(word)
    }

    /// In small letters, but for those after a backslash: `\S` is not `\s`.
    private static func lowercased(_ text: Substring) -> String {
        var isEscaped = false
        return text.reduce(into: "") { needle, character in
            needle += isEscaped ? String(character) : character.lowercased()
            isEscaped = character == "\\" && !isEscaped
        }
    }

    private static let signs = Set("\\^$.|?*+()[]{}".utf8).subtracting(".-".utf8)
    private static let brackets = Set("()[]{}\\*+?".utf8)
}

/// A compiled regular expression. A class, because compiling takes longer than a screen of matches.
private final class Expression: Sendable, Equatable {
    private let source: String
    /// Compiled once and then only read; `Regex` holds nothing that changes when it matches.
    nonisolated(unsafe) private let regex: Regex<AnyRegexOutput>

    init?(_ source: String) {
        // What cannot be compiled is taken letter by letter, and the filter says so.
        guard Self.isQuick(source), let regex = try? Regex(source) else { return nil }
        self.source = source
        self.regex = regex
    }

    /// A name may be 10 KB long, and some expressions take time that grows with a power of it.
    private static let longestWord = 128
    /// The power grows with each.
    private static let mostRepetitions = 2

    /// `Regex` tries again and again where it could match in many ways: a repeated group, as in `(a+)+b`, may take
    /// longer than the console lives.
    private static func isQuick(_ source: String) -> Bool {
        let repetitions = source.utf8.filter { Self.repeating.contains($0) }.count
        let repeatsGroup = zip(source.utf8, source.utf8.dropFirst()).contains { before, after in
            before == UInt8(ascii: ")") && Self.repeating.contains(after)
        }
        return repetitions <= mostRepetitions && !repeatsGroup
    }

    private static let repeating = Set("*+{".utf8)

    func matches(_ word: String) -> Bool {
        // An expression that gives up on a word does not match it.
        (try? regex.firstMatch(in: String(word.prefix(Self.longestWord)))) != nil
    }

    static func == (left: Expression, right: Expression) -> Bool { left.source == right.source }
}
