import AdminAPI

/// What an action does to the fleet, told beside its key.
enum ActionEffect: Sendable {
    /// Nothing: it looks.
    case reads
    /// Something that clients do not feel, or that can be taken back at once.
    case changes
    /// Clients or workers feel it.
    case dangerous
}

extension Action {
    var effect: ActionEffect {
        switch self {
        case .drain, .rebalance, .drill, .breaker, .kick: .dangerous
        case .undrain, .throttle, .broadcast, .clearThrottle, .cancelOperation, .takeOver, .safety: .changes
        case .mark, .filter, .follow, .pause, .columns, .wide, .split, .zoom, .highlight, .mouse, .theme, .copy,
            .export, .sortNext, .sortPrevious, .invertSort, .switchFocus, .switchHalf, .dismiss, .bigKeys, .hotKeys,
            .up, .down, .left, .right, .first, .last, .open, .back, .pageUp, .pageDown, .lookBack, .stepBack,
            .stepForward, .begin, .jump, .faster, .slower, .play, .command, .menu, .help, .redraw, .quit, .suspend,
            .operations,
            .events:
            .reads
        }
    }
}
