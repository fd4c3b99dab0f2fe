import AdminAPI
import FleetModel
import Recording

/// A world that is told a recording as the console was told it live: what came together is told together, and then a
/// second passes, or several where nothing came.
struct Retelling: Sendable {
    private(set) var world: World
    /// What came at `time` so far.
    private var events: [FleetEvent] = []
    private var time: UnixTime?
    /// When anything was recorded the last time.
    private var last: UnixTime?

    /// How long after the whole second the console makes up for a tick when nothing came.
    private static let tickGrace: Duration = .milliseconds(400)
    /// More seconds without a record are not lived through: every rate and every percentile is empty by then.
    static let longestSilence: Duration = .seconds(75)

    init(_ world: World) {
        self.world = world
    }

    init(at start: UnixTime) {
        world = World(at: start)
    }

    mutating func tell(_ records: [Record]) {
        for record in records {
            if record.time != time { settle() }
            if time == nil { pass(silenceBefore: record.time) }
            (time, last) = (record.time, record.time)
            tell(record.content, at: record.time)
        }
    }

    /// What was recorded through `end` has been told.
    mutating func pass(to end: UnixTime) {
        settle()
        passSeconds(before: end.advanced(by: .zero - Self.tickGrace).nextSecond)
    }

    /// Something that is no part of the recording, such as that a part of it is damaged.
    mutating func note(_ words: SafeText) { world.log.append(world.line(.warning, nil, words)) }

    private mutating func tell(_ content: Record.Content, at time: UnixTime) {
        switch content {
        case .event(let event): events.append(event)
        case .answer(let answer):
            observe()
            if let answer = answer.fleetAnswer { world.hear(answer) }
        case .began: begin(at: time)
        }
    }

    /// Nobody knows what became of those that the recorder before knew; what happened stays in the events.
    private mutating func begin(at time: UnixTime) {
        observe()
        guard !world.fleet.workers.isEmpty else { return }
        let (before, log) = (world.now, world.log)
        world = World(at: time)
        world.log = log
        note(TimeWords.beganAgain(Figures.span(before.duration(to: time))))
    }

    private mutating func observe() {
        guard !events.isEmpty else { return }
        world.observe(events)
        events = []
    }

    private mutating func settle() {
        observe()
        guard let time else { return }
        self.time = nil
        if time.wholeSecond > world.now.wholeSecond { world.tick(time) }
    }

    private mutating func pass(silenceBefore end: UnixTime) {
        if let last, last.duration(to: end) > Self.longestSilence {
            note(TimeWords.gap(Figures.span(last.duration(to: end))))
        }
        passSeconds(before: end)
    }

    /// Lives through the seconds that ended before `end` and had no record.
    private mutating func passSeconds(before end: UnixTime) {
        var second = world.now.wholeSecond + 1
        if world.now.duration(to: end) > Self.longestSilence {
            second = end.advanced(by: .zero - Self.longestSilence).wholeSecond
        }
        while second < end.wholeSecond {
            world.tick(UnixTime(microseconds: second * 1_000_000).advanced(by: Self.tickGrace))
            second += 1
        }
    }
}

extension UnixTime {
    fileprivate var wholeSecond: Int64 { microseconds / 1_000_000 }
    fileprivate var nextSecond: UnixTime { UnixTime(microseconds: (wholeSecond + 1) * 1_000_000) }
}
