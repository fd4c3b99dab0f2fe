import FleetModel

/// What a key can do in the overview.
package enum Action: Sendable, CaseIterable {
    case drain, undrain
    case filter, sortNext, sortPrevious, invertSort, follow, pause, switchFocus, events, dismiss
    case up, down, pageUp, pageDown, first, last
    case redraw, help, back, quit
}

/// What the bottom line has to know to offer only what applies.
struct KeyContext: Equatable {
    var canDrain = false
    var canUndrain = false
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
        switch self {
        case .drain: context.canDrain && context.focus == .workers ? "drain" : nil
        case .undrain: context.canUndrain && context.focus == .workers ? "undrain" : nil
        case .dismiss: context.hasFailures ? "dismiss error" : nil
        case .filter: context.hasWorkers && context.focus == .workers ? "filter" : nil
        case .sortNext: context.hasWorkers && context.focus == .workers ? "sort" : nil
        case .follow: followLabel(context)
        case .pause: context.isPaused ? "resume" : "pause"
        case .switchFocus: focusLabel(context)
        case .events: "events"
        case .back: context.isFiltered ? "show all" : nil
        case .help: "help"
        case .quit: "quit"
        case .sortPrevious, .invertSort, .up, .down, .pageUp, .pageDown, .first, .last, .redraw: nil
        }
    }

    /// Among the rooms no worker is marked, so that none can be meant.
    var needsMarkedWorker: Bool { self == .drain || self == .undrain }

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
