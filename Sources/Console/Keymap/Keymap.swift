import FleetModel
import Terminal

/// One action and the keys that lead to it; what `?` tells is made from these.
package struct Binding: Sendable {
    package let action: Action
    /// The first is the one the bottom line names.
    package let keys: [Key]
    /// For the help, as the rest of "this key …".
    package let words: SafeText
}

/// Bindings that help shows together.
package struct BindingGroup: Sendable {
    package let title: SafeText
    package let bindings: [Binding]
}

/// Which key does what in the overview.
package struct Keymap: Sendable {
    package let groups: [BindingGroup]
    private let actions: [Key: Action]

    init(_ groups: [BindingGroup]) {
        self.groups = groups
        let pairs = groups.flatMap(\.bindings).flatMap { binding in binding.keys.map { ($0, binding.action) } }
        actions = Dictionary(pairs) { first, _ in first }
    }

    package func action(for key: Key) -> Action? { actions[key] }

    /// All bindings in the order in which the bottom line offers them.
    var bindings: [Binding] { groups.flatMap(\.bindings) }

    package static let standard = Keymap([acting, looking, moving, leaving])

    private static let acting = BindingGroup(
        title: "Act; each first says what follows",
        bindings: [
            Binding(action: .drain, keys: [.character("d")], words: "drain the worker, or those marked"),
            Binding(action: .undrain, keys: [.character("u")], words: "undrain it, at any step of its drain"),
            Binding(action: .dismiss, keys: [.character("x")], words: "dismiss the newest error"),
            Binding(action: .operations, keys: [.character("o"), .enter], words: "operations: watch, cancel"),
            Binding(action: .safety, keys: [.character("S")], words: "safety lever: stop and block all"),
            Binding(action: .mark, keys: [.character(" ")], words: "mark the worker for the next act"),
            Binding(action: .rebalance, keys: [.character("b")], words: "rebalance connections over workers"),
        ])

    private static let looking = BindingGroup(
        title: "Look",
        bindings: [
            Binding(
                action: .filter, keys: [.character("/")],
                words: "filter by worker, node, state; !x: not x"),
            Binding(action: .sortNext, keys: [.character("s"), .character(">")], words: "sort by the next column"),
            Binding(action: .sortPrevious, keys: [.character("<")], words: "sort by the column before"),
            Binding(action: .invertSort, keys: [.character("I")], words: "invert the order"),
            Binding(
                action: .follow, keys: [.character("f")], words: "follow the selected worker as it moves"),
            Binding(
                action: .pause, keys: [.character("p")],
                words: "freeze the screen, data is collected on"),
            Binding(action: .switchFocus, keys: [.tab, .backTab], words: "move between workers and rooms"),
            Binding(action: .events, keys: [.character("e")], words: "events over the whole screen"),
        ])

    private static let moving = BindingGroup(
        title: "Move",
        bindings: [
            Binding(action: .up, keys: [.up, .character("k")], words: "up"),
            Binding(action: .down, keys: [.down, .character("j")], words: "down"),
            Binding(action: .pageUp, keys: [.pageUp, .control("b")], words: "a page up"),
            Binding(action: .pageDown, keys: [.pageDown, .control("f")], words: "a page down"),
            Binding(action: .first, keys: [.home, .character("g")], words: "to the first"),
            Binding(action: .last, keys: [.end, .character("G")], words: "to the last"),
        ])

    private static let leaving = BindingGroup(
        title: "Everything else",
        bindings: [
            Binding(action: .help, keys: [.character("?"), .function(1)], words: "this help"),
            Binding(action: .back, keys: [.escape], words: "back; in the overview: unmark, show all"),
            Binding(action: .redraw, keys: [.control("l")], words: "draw the screen anew"),
            Binding(
                action: .quit, keys: [.character("q"), .control("c")],
                words: "quit; asks while an operation is led here"),
        ])
}
