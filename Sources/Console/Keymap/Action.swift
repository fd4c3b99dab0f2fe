import AdminAPI
import FleetModel

/// What a key can do in the overview.
package enum Action: Sendable, CaseIterable {
    case drain, undrain, rebalance, safety
    case operations, mark
    case filter, sortNext, sortPrevious, invertSort, follow, pause, switchFocus, events, dismiss
    case up, down, pageUp, pageDown, first, last
    case redraw, help, back, quit
}

/// What the bottom line has to know to offer only what applies.
struct KeyContext: Equatable {
    var canDrain = false
    var canUndrain = false
    /// nil while it is not known.
    var role: AccessRole?
    var isSafetyEngaged = false
    var marked = 0
    var hasWorkers = false
    var hasRooms = false
    var hasFailures = false
    var isFiltered = false
    var isFollowing = false
    var isPaused = false
    var focus = Focus.workers
}

extension Action {
    /// The word for the bottom line; nil where the action does not apply or goes without saying.
    func label(in context: KeyContext) -> SafeText? {
        guard isAllowed(in: context) else { return nil }
        return switch self {
        case .drain: context.canDrain ? Self.counted("drain", context.marked) : nil
        case .undrain: context.canUndrain ? Self.counted("undrain", context.marked) : nil
        case .rebalance: context.hasWorkers && !context.isSafetyEngaged ? "rebalance" : nil
        case .safety: context.isSafetyEngaged ? "release lever" : context.hasWorkers ? "safety" : nil
        case .operations: "operations"
        case .mark: nil
        case .dismiss: context.hasFailures ? "dismiss error" : nil
        case .filter: context.hasWorkers && context.focus == .workers ? "filter" : nil
        case .sortNext: context.hasWorkers && context.focus == .workers ? "sort" : nil
        case .follow: followLabel(context)
        case .pause: context.isPaused ? "resume" : "pause"
        case .switchFocus: focusLabel(context)
        case .events: "events"
        case .back: context.marked > 0 ? "unmark" : context.isFiltered ? "show all" : nil
        case .help: "help"
        case .quit: "quit"
        case .sortPrevious, .invertSort, .up, .down, .pageUp, .pageDown, .first, .last, .redraw: nil
        }
    }

    /// The least role that may do it; nil for what changes nothing.
    func leastRole(isSafetyEngaged: Bool) -> AccessRole? {
        switch self {
        case .drain: OperationKind.drain.role
        case .undrain: OperationKind.undrain.role
        case .rebalance: OperationKind.rebalance.role
        case .safety: isSafetyEngaged ? .admin : OperationKind.safety.role
        case .operations, .mark, .filter, .sortNext, .sortPrevious, .invertSort, .follow, .pause, .switchFocus,
            .events, .dismiss, .up, .down, .pageUp, .pageDown, .first, .last, .redraw, .help, .back, .quit:
            nil
        }
    }

    private func isAllowed(in context: KeyContext) -> Bool {
        guard let least = leastRole(isSafetyEngaged: context.isSafetyEngaged), let role = context.role else {
            return true
        }
        return role >= least
    }

    private static func counted(_ word: SafeText, _ marked: Int) -> SafeText {
        marked > 1 ? "\(word) \(marked)" : word
    }

    private func followLabel(_ context: KeyContext) -> SafeText? {
        guard context.hasWorkers, context.focus == .workers else { return nil }
        return context.isFollowing ? "unfollow" : "follow"
    }

    private func focusLabel(_ context: KeyContext) -> SafeText? {
        switch context.focus {
        case .workers: context.hasRooms ? "rooms" : nil
        case .rooms: "workers"
        }
    }
}
