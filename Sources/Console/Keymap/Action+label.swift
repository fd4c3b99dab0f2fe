import AdminAPI
import FleetModel

/// What the bottom line has to know to offer only what applies.
struct KeyContext: Equatable {
    var canDrain = false
    var canUndrain = false
    /// nil while it is not known.
    var role: AccessRole?
    var isSafetyEngaged = false
    /// Workers that a drain would be for.
    var targets = 1
    var hasWorkers = false
    /// The keys act on a table with rows.
    var hasTable = false
    var hasFailures = false
    var isFiltered = false
    var hasMarks = false
    var isFollowing = false
    var isPast = false
    /// Time can be moved through.
    var canTravel = false
    var isReplay = false
    var isPlaying = false
    var isAtRoot = true
    var page = PageKind.fleet
    var selection = PageSelection.none
}

extension Action {
    /// The word for the bottom line; nil where the action does not apply or goes without saying.
    func label(in context: KeyContext) -> SafeText? {
        guard isAllowed(in: context) else { return nil }
        switch self {
        case .drain: return context.canDrain ? KeyLineWords.drain(context.targets) : nil
        case .undrain: return context.canUndrain ? KeyLineWords.undrain(context.targets) : nil
        case .rebalance: return context.hasWorkers && !context.isSafetyEngaged ? KeyLineWords.rebalance : nil
        case .safety:
            return context.isSafetyEngaged ? KeyLineWords.release : context.hasWorkers ? KeyLineWords.safety : nil
        case .operations: return PageWords.name(.operations)
        case .events: return PageWords.name(.events)
        case .dismiss: return context.hasFailures ? KeyLineWords.dismiss : nil
        case .filter: return context.hasTable ? KeyLineWords.filter : nil
        case .sortNext: return context.hasTable ? KeyLineWords.sort : nil
        case .follow: return context.hasTable ? KeyLineWords.follow(context.isFollowing) : nil
        case .pause:
            if context.isReplay { return nil }
            return context.isPast ? KeyLineWords.resume : KeyLineWords.pause
        case .stepForward: return context.canTravel ? TimeWords.forward : nil
        case .stepBack: return context.canTravel ? TimeWords.back : nil
        case .jump: return context.canTravel ? TimeWords.jump : nil
        case .play: return context.canTravel ? TimeWords.play(context.isPlaying) : nil
        case .faster: return context.isPlaying ? TimeWords.faster : nil
        case .command: return KeyLineWords.command
        case .back:
            if context.hasMarks { return KeyLineWords.unmark }
            return context.isFiltered ? KeyLineWords.showAll : context.isAtRoot ? nil : KeyLineWords.back
        case .help: return PageWords.name(.help)
        case .quit: return KeyLineWords.quit
        case .throttle: return isAboutRooms(context) || context.page == .throttles ? KeyLineWords.throttle : nil
        case .clearThrottle:
            if case .throttle = context.selection { return KeyLineWords.clearThrottle }
            return nil
        case .broadcast: return isAboutRooms(context) || context.page == .connections ? KeyLineWords.broadcast : nil
        case .breaker:
            return context.hasWorkers && (context.page == .breakers || context.page == .worker)
                ? KeyLineWords.breaker : nil
        case .kick:
            if case .connection = context.selection { return KeyLineWords.kick }
            return nil
        case .drill: return context.page == .redis && context.hasWorkers ? KeyLineWords.drill : nil
        case .cancelOperation, .takeOver, .mark,
            .columns, .wide, .split, .zoom, .highlight, .mouse, .theme, .copy, .export, .sortPrevious, .invertSort,
            .switchFocus, .switchHalf, .up, .down, .left, .right, .first, .last, .open, .pageUp, .pageDown, .lookBack,
            .bigKeys, .hotKeys, .begin, .slower, .menu, .redraw, .suspend:
            return nil
        }
    }

    /// On the fleet's page only while a room is selected: elsewhere the line has more to say, and the key works too.
    private func isAboutRooms(_ context: KeyContext) -> Bool {
        if case .room = context.selection { return true }
        return context.page == .rooms
    }

    /// Whoever may not do it is not offered it; and nothing is done in the past.
    private func isAllowed(in context: KeyContext) -> Bool {
        guard let least = leastRole(isSafetyEngaged: context.isSafetyEngaged) else { return true }
        return !context.isPast && context.role.map { $0 >= least } ?? true
    }
}
