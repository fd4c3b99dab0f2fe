import FleetModel
import Terminal

/// A command line that is being typed: text, completion, and the lines typed before.
package struct CommandLine: Sendable, Equatable {
    package private(set) var field: TextField
    /// What the text could become, in the order in which Tab offers it; empty until Tab is pressed.
    private(set) var candidates: [String] = []
    private var candidate: Int?
    /// Where in the lines typed before the operator is, from the latest; nil at the line they type.
    private var past: Int?

    /// Longer than any command with its names.
    static let maximumLength = 256

    init(_ text: String = "") {
        field = TextField(text, maximumLength: Self.maximumLength)
    }

    var text: String { field.text }

    /// - Returns: false when the key is none of a command line's.
    mutating func take(_ key: Key, history: [String], _ complete: (String) -> [String]) -> Bool {
        switch key {
        case .tab: offer(1, complete)
        case .backTab: offer(-1, complete)
        case .up: recall((past ?? -1) + 1, history)
        case .down: recall((past ?? 0) - 1, history)
        default:
            guard field.take(key) else { return false }
            (candidates, candidate, past) = ([], nil, nil)
        }
        return true
    }

    mutating func insert(_ text: String) {
        field.insert(text)
        (candidates, candidate, past) = ([], nil, nil)
    }

    /// The first Tab completes what all candidates share; further ones go through them.
    private mutating func offer(_ step: Int, _ complete: (String) -> [String]) {
        guard candidates.isEmpty else {
            let next = ((candidate ?? (step > 0 ? -1 : 0)) + step + candidates.count) % candidates.count
            candidate = next
            field = TextField(candidates[next], maximumLength: Self.maximumLength)
            return
        }
        let found = complete(text)
        guard let first = found.first else { return }
        if found.count == 1 {
            field = TextField(first, maximumLength: Self.maximumLength)
        } else {
            candidates = found
            let shared = found.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
            if shared.count > text.count { field = TextField(shared, maximumLength: Self.maximumLength) }
        }
    }

    private mutating func recall(_ index: Int, _ history: [String]) {
        (candidates, candidate) = ([], nil)
        guard index >= 0 else {
            if past != nil { field = TextField(maximumLength: Self.maximumLength) }
            past = nil
            return
        }
        guard index < history.count else { return }
        past = index
        field = TextField(history[history.count - 1 - index], maximumLength: Self.maximumLength)
    }
}

extension String {
    fileprivate func commonPrefix(with other: String) -> String {
        String(zip(self, other).prefix { $0 == $1 }.map(\.0))
    }
}
