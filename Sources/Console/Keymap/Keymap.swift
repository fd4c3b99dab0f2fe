import FleetModel
import Terminal

/// One action and the keys that lead to it; what `?` tells is made from these.
package struct Binding: Sendable {
    package let action: Action
    /// The first is the one the bottom line names.
    package internal(set) var keys: [Key]
    /// The pages where the keys have this meaning, before any that they have everywhere; nil for everywhere.
    package internal(set) var pages: Set<PageKind>?
    /// Only while time is moved through: looking back, or in a replay.
    package internal(set) var isOfThePast = false

    /// For the help, as the rest of "this key …".
    package var words: SafeText { KeyWords.help(action) }
}

/// Bindings that help shows together.
package struct BindingGroup: Sendable {
    package enum Subject: Sendable, CaseIterable {
        case acting, looking, moving, time, rest
    }

    package let subject: Subject
    package internal(set) var bindings: [Binding]

    package var title: SafeText { KeyWords.title(subject) }
}

/// Which key does what.
package struct Keymap: Sendable {
    package private(set) var groups: [BindingGroup]

    struct Place: Hashable {
        let key: Key
        let page: PageKind?
        let isOfThePast: Bool
    }

    private var actions: [Place: Action] = [:]

    init(_ groups: [BindingGroup]) {
        self.groups = groups
        for binding in bindings {
            for place in binding.places where actions[place] == nil { actions[place] = binding.action }
        }
    }

    /// What a key means on a page; on one it may mean something else than elsewhere, and in the past than at present.
    package func action(for key: Key, on page: PageKind, inThePast: Bool = false) -> Action? {
        if inThePast, let action = actions[Place(key: key, page: nil, isOfThePast: true)] { return action }
        return actions[Place(key: key, page: page, isOfThePast: false)]
            ?? actions[Place(key: key, page: nil, isOfThePast: false)]
    }

    /// All bindings in the order in which the bottom line offers them.
    package var bindings: [Binding] { groups.flatMap(\.bindings) }

    /// The key that the bottom line names for an action.
    func key(for action: Action) -> Key? { bindings.first { $0.action == action }?.keys.first }
}

// MARK: - The standard keys

extension Keymap {
    package static let standard = Keymap([
        BindingGroup(subject: .acting, bindings: acting), BindingGroup(subject: .looking, bindings: looking),
        BindingGroup(subject: .moving, bindings: moving), BindingGroup(subject: .time, bindings: time),
        BindingGroup(subject: .rest, bindings: rest),
    ])

    private static let acting = [
        Binding(action: .cancelOperation, keys: [.character("c")], pages: [.operations]),
        Binding(action: .takeOver, keys: [.character("t")], pages: [.operations]),
        Binding(action: .clearThrottle, keys: [.character("c")], pages: [.throttles]),
        Binding(action: .drain, keys: [.character("d")]),
        Binding(action: .undrain, keys: [.character("u")]),
        Binding(action: .dismiss, keys: [.character("x")]),
        Binding(action: .operations, keys: [.character("o")]),
        Binding(action: .safety, keys: [.character("S")]),
        Binding(action: .mark, keys: [.character(" ")]),
        Binding(action: .rebalance, keys: [.character("b")]),
        Binding(action: .throttle, keys: [.character("t")]),
        Binding(action: .broadcast, keys: [.character("m")]),
        Binding(action: .breaker, keys: [.character("B")]),
        Binding(action: .kick, keys: [.character("K")]),
        Binding(action: .drill, keys: [.character("F")]),
    ]

    private static let looking = [
        Binding(action: .bigKeys, keys: [.character("b")], pages: [.redis]),
        Binding(action: .hotKeys, keys: [.character("h")], pages: [.redis]),
        Binding(action: .filter, keys: [.character("/")]),
        Binding(action: .sortNext, keys: [.character("s"), .character(">")]),
        Binding(action: .sortPrevious, keys: [.character("<")]),
        Binding(action: .invertSort, keys: [.character("I")]),
        Binding(action: .follow, keys: [.character("f")]),
        Binding(action: .pause, keys: [.character("p")]),
        Binding(action: .switchFocus, keys: [.tab, .backTab]),
        Binding(action: .events, keys: [.character("e")]),
        Binding(action: .columns, keys: [.character("C")]),
        Binding(action: .wide, keys: [.character("w")]),
        Binding(action: .split, keys: [.character("v")]),
        Binding(action: .switchHalf, keys: [.control("w")]),
        Binding(action: .zoom, keys: [.character("z")]),
        Binding(action: .highlight, keys: [.character("H")]),
        Binding(action: .theme, keys: [.character("T")]),
        Binding(action: .mouse, keys: [.character("M")]),
        Binding(action: .copy, keys: [.character("y")]),
        Binding(action: .export, keys: [.character("E")]),
    ]

    private static let moving = [
        Binding(action: .up, keys: [.up, .character("k")]),
        Binding(action: .down, keys: [.down, .character("j")]),
        Binding(action: .left, keys: [.left, .character("h")]),
        Binding(action: .right, keys: [.right, .character("l")]),
        Binding(action: .pageUp, keys: [.pageUp, .control("b")]),
        Binding(action: .pageDown, keys: [.pageDown, .control("f")]),
        Binding(action: .first, keys: [.home, .character("g")]),
        Binding(action: .last, keys: [.end, .character("G")]),
        Binding(action: .open, keys: [.enter]),
        Binding(action: .back, keys: [.escape]),
    ]

    /// As in atop: t and T step, b jumps, r goes to the begin, z stops the time; and + and - for its speed.
    private static let time = [
        Binding(action: .lookBack, keys: [.character("R")]),
        Binding(action: .stepForward, keys: [.character("t"), .character("]")], isOfThePast: true),
        Binding(action: .stepBack, keys: [.character("T"), .character("[")], isOfThePast: true),
        Binding(action: .jump, keys: [.character("b")], isOfThePast: true),
        Binding(action: .begin, keys: [.character("r")], isOfThePast: true),
        Binding(action: .play, keys: [.character("z")], isOfThePast: true),
        Binding(action: .faster, keys: [.character("+"), .character("=")], isOfThePast: true),
        Binding(action: .slower, keys: [.character("-")], isOfThePast: true),
    ]

    private static let rest = [
        Binding(action: .command, keys: [.character(":")]),
        Binding(action: .menu, keys: [.character("0")]),
        Binding(action: .help, keys: [.character("?"), .function(1)]),
        Binding(action: .redraw, keys: [.control("l")]),
        Binding(action: .suspend, keys: [.control("z")]),
        Binding(action: .quit, keys: [.character("q"), .control("c")]),
    ]
}
