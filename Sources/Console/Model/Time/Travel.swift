import FleetModel
import Recording

/// Moving through recorded time: where the operator is in it, and what is still to be read to get there.
///
/// A value: it is told what the operator wants, that time passes and what was read, and says what to read next.
package struct Travel: Sendable {
    enum Source: Sendable {
        /// What this console has recorded of its own session, while that goes on.
        case session
        /// A recording that is all there is.
        case file
    }

    enum Move: Sendable, Equatable {
        case forward, back, begin
        case jump(UnixTime)
        case play, faster, slower
    }

    let source: Source
    /// nil until the reader has said what there is.
    private(set) var playback: Playback?
    /// What is wanted of the playback once there is one.
    private var goal: Goal
    /// What the screen shows.
    private var shown: Retelling
    /// What it will show at the end of a rewind.
    private var rewound: Retelling?
    /// Where a rewind that is read began, for the progress.
    private var rewindStart: UnixTime?
    /// An order is out, and its news have not come.
    private var isWaiting = false
    /// Until when the reader reads now.
    private var limit: UnixTime?
    /// What is to be read instead of the rest, since the operator went on.
    private var next: Playback.Feed?
    private var lastTick: UnixTime
    /// The reader could not read: it is asked again when the operator wants something, not every second.
    private var hasFailed = false

    private struct Goal: Sendable {
        var time: UnixTime
        var isPlaying: Bool
        var speed: PlaybackSpeed
    }

    /// After a longer wait between two ticks the console itself was stopped, and time did not pass for it.
    private static let longestTick: Duration = .seconds(5)

    init(
        _ source: Source, showing world: World, to time: UnixTime, isPlaying: Bool = false,
        speed: PlaybackSpeed = .normal, at now: UnixTime
    ) {
        self.source = source
        shown = Retelling(world)
        goal = Goal(time: time, isPlaying: isPlaying, speed: speed)
        lastTick = now
    }

    var world: World { shown.world }

    /// The recorded time that is looked at, or gone to.
    var position: UnixTime { playback?.position ?? goal.time }

    package var playbackPosition: UnixTime? { playback?.position }

    var isPlaying: Bool { playback?.isPlaying ?? goal.isPlaying }
    var speed: PlaybackSpeed { playback?.speed ?? goal.speed }

    /// Where in all that is recorded the position is.
    var part: Double {
        guard let span = playback?.span else { return 0 }
        let whole = span.lowerBound.duration(to: span.upperBound).inSeconds
        return whole > 0 ? span.lowerBound.duration(to: position).inSeconds / whole : 1
    }

    /// How much of a rewind is read; nil while nothing is waited for.
    var progress: Double? {
        guard let rewound, let rewindStart, let limit else { return playback == nil ? 0 : nil }
        let whole = rewindStart.duration(to: limit).inSeconds
        return whole > 0 ? min(1, max(0, rewindStart.duration(to: rewound.world.now).inSeconds / whole)) : 1
    }
}

// MARK: - What the operator wants

extension Travel {
    /// The first order.
    mutating func begin() -> TravelOrder? { order(.survey) }

    mutating func perform(_ move: Move) -> TravelOrder? {
        let isAskedAgain = hasFailed
        hasFailed = false
        guard var playback else {
            change(&goal, move)
            return isAskedAgain ? order(.survey) : nil
        }
        let feed = Self.perform(move, on: &playback)
        self.playback = playback
        return want(feed)
    }

    private func change(_ goal: inout Goal, _ move: Move) {
        switch move {
        case .forward: goal.time = goal.time.advanced(by: Playback.step)
        case .back: goal.time = goal.time.advanced(by: .zero - Playback.step)
        case .begin: goal.time = UnixTime(microseconds: 0)
        case .jump(let time): goal.time = time
        case .play: goal.isPlaying.toggle()
        case .faster: goal.speed = goal.speed.faster
        case .slower: goal.speed = goal.speed.slower
        }
    }

    private static func perform(_ move: Move, on playback: inout Playback) -> Playback.Feed {
        switch move {
        case .forward: return playback.stepForward()
        case .back: return playback.stepBack()
        case .begin: return playback.jumpToBegin()
        case .jump(let time): return playback.jump(to: time)
        case .play: playback.toggle()
        case .faster: playback.goFaster()
        case .slower: playback.goSlower()
        }
        return .nothing
    }

    /// Time passed.
    mutating func tick(_ now: UnixTime) -> TravelOrder? {
        let elapsed = min(lastTick.duration(to: now), Self.longestTick)
        lastTick = now
        guard !hasFailed else { return nil }
        guard var playback else { return order(.survey) }
        // While it is read how it was, time stands; so a slow reader is not driven before the operator.
        let feed = limit == nil ? playback.advance(by: elapsed) : .nothing
        self.playback = playback
        if feed == .nothing, source == .session { return order(.survey) }
        return want(feed)
    }
}

// MARK: - What is to be read

extension Travel {
    private mutating func order(_ order: TravelOrder) -> TravelOrder? {
        guard !isWaiting else { return nil }
        isWaiting = true
        return order
    }

    private mutating func want(_ feed: Playback.Feed) -> TravelOrder? {
        guard feed != .nothing else { return nil }
        if isWaiting {
            next = merged(next, feed)
            return nil
        }
        return read(feed)
    }

    /// A step forward that comes while a rewind waits only makes the rewind go further.
    private func merged(_ waiting: Playback.Feed?, _ feed: Playback.Feed) -> Playback.Feed {
        guard case .rewind(let start, _)? = waiting, case .forward(let limit) = feed else { return feed }
        return .rewind(from: start, through: limit)
    }

    private mutating func read(_ feed: Playback.Feed) -> TravelOrder? {
        switch feed {
        case .nothing: return nil
        case .forward(let limit): self.limit = limit
        case .rewind(let start, let limit):
            rewound = Retelling(at: start)
            (rewindStart, self.limit) = (start, limit)
        }
        return order(.read(feed))
    }

    /// - Returns: what to read next.
    mutating func hear(_ news: TravelNews) -> TravelOrder? {
        isWaiting = false
        switch news {
        case .span(let span): return hear(span: span)
        case .slice(let slice): return hear(slice)
        case .failed:
            (rewound, limit, next, hasFailed) = (nil, nil, nil, true)
            return nil
        }
    }

    private mutating func hear(span: ClosedRange<UnixTime>?) -> TravelOrder? {
        guard let span else { return nil }
        let feed = playback == nil ? start(in: span) : grow(to: span)
        let wanted = next.map { merged(feed, $0) } ?? feed
        next = nil
        return want(wanted)
    }

    private mutating func start(in span: ClosedRange<UnixTime>) -> Playback.Feed {
        var playback = Playback(span: span)
        playback.setSpeed(goal.speed)
        if goal.isPlaying { playback.play() }
        let feed = playback.jump(to: goal.time)
        self.playback = playback
        return feed
    }

    private mutating func grow(to span: ClosedRange<UnixTime>) -> Playback.Feed {
        playback?.update(span: span) ?? .nothing
    }

    private mutating func hear(_ slice: TravelSlice) -> TravelOrder? {
        tell(slice)
        if let span = slice.span, let feed = playback?.update(span: span), feed != .nothing { next = feed }
        if let feed = next {
            next = nil
            return read(feed)
        }
        guard slice.isLast else { return order(.readOn) }
        finish()
        return nil
    }

    private mutating func tell(_ slice: TravelSlice) {
        func tell(_ retelling: inout Retelling) {
            for words in slice.damage { retelling.note(TimeWords.damaged(words)) }
            retelling.tell(slice.records)
        }
        if var rewound {
            // Taken out so that the world is not copied while it changes.
            self.rewound = nil
            tell(&rewound)
            self.rewound = rewound
        } else {
            tell(&shown)
        }
    }

    private mutating func finish() {
        if let rewound { shown = rewound }
        rewound = nil
        if let limit { shown.pass(to: limit) }
        limit = nil
    }
}
