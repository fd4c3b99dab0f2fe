import AdminAPI
import FleetModel

/// What a key can do. The raw value is the action's name in a file of keys.
package enum Action: String, Sendable, CaseIterable {
    // Acts on the fleet.
    case drain, undrain, rebalance, throttle, broadcast, breaker, kick, drill, safety
    case clearThrottle = "clear_throttle"
    case cancelOperation = "cancel_operation"
    case takeOver = "take_over"

    // Looking.
    case mark, filter, follow, pause, columns, wide, split, zoom, highlight, mouse, theme, copy, export
    case sortNext = "sort_next"
    case sortPrevious = "sort_previous"
    case invertSort = "invert_sort"
    case switchFocus = "switch_focus"
    case switchHalf = "switch_half"
    case dismiss
    case bigKeys = "big_keys"
    case hotKeys = "hot_keys"

    // Moving.
    case up, down, left, right, first, last, open, back
    case pageUp = "page_up"
    case pageDown = "page_down"

    // Time.
    case lookBack = "look_back"
    case stepBack = "step_back"
    case stepForward = "step_forward"
    case begin, jump
    case faster, slower, play

    // Everything else.
    case command, menu, help, redraw, suspend, quit, operations, events
}

extension Action {
    /// Changes nothing in the fleet where it is nil; else the least role that may do it.
    func leastRole(isSafetyEngaged: Bool) -> AccessRole? {
        switch self {
        case .drain: OperationKind.drain.role
        case .undrain: OperationKind.undrain.role
        case .rebalance: OperationKind.rebalance.role
        case .throttle, .clearThrottle: OperationKind.throttle.role
        case .broadcast: OperationKind.broadcast.role
        case .breaker: OperationKind.breaker.role
        case .kick: OperationKind.kick.role
        case .drill: OperationKind.failoverDrill.role
        case .safety: isSafetyEngaged ? .admin : OperationKind.safety.role
        case .cancelOperation, .takeOver: .operator
        case .mark, .filter, .follow, .pause, .columns, .wide, .split, .zoom, .highlight, .mouse, .theme, .copy,
            .export, .sortNext, .sortPrevious, .invertSort, .switchFocus, .switchHalf, .dismiss, .bigKeys, .hotKeys,
            .up, .down, .left, .right, .first, .last, .open, .back, .pageUp, .pageDown, .lookBack, .stepBack,
            .stepForward, .begin, .jump, .faster, .slower, .play, .command, .menu, .help, .redraw, .suspend, .quit,
            .operations, .events:
            nil
        }
    }

    /// Needs workers that are marked or selected in the table of workers.
    var isAboutWorkers: Bool { self == .drain || self == .undrain || self == .breaker }
}
