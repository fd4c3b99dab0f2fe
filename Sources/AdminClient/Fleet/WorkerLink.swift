/// The link to one worker as a value: told what was heard and when, it says when to connect, when to give up, and what
/// to report. It is asked once a tick, so that a worker that hangs costs no wake-ups of its own.
struct WorkerLink: Equatable {
    typealias Time = ContinuousClock.Instant

    private enum State: Equatable {
        case waiting(until: Time)
        case connecting(since: Time)
        case live(heardAt: Time)
        /// Connected and silent; a process that was stopped may go on.
        case silent(since: Time)
    }

    enum Action: Equatable {
        case none
        case connect
        /// Tell of it, and keep the connection.
        case report(TransferFailure)
        /// Drop the connection, and tell of it unless that is known already.
        case disconnect(TransferFailure, isNews: Bool)
    }

    private var state: State
    private var failures = 0
    private var reported: TransferFailure?

    /// An admin API answers in milliseconds; one that takes this long hangs.
    static let answerWithin: Duration = .seconds(2)
    static let silentAfter: Duration = .seconds(3)
    /// A stream silent for this long is replaced: its other end may have forgotten it.
    static let replaceAfter: Duration = .seconds(10)

    /// A worker that has just appeared: the first tick connects.
    init(at now: Time) {
        state = .waiting(until: now)
    }

    mutating func tick(at now: Time) -> Action {
        switch state {
        case .waiting(let until):
            guard now >= until else { return .none }
            state = .connecting(since: now)
            return .connect
        case .connecting(let since):
            return since.duration(to: now) < Self.answerWithin ? .none : giveUp(.timedOut, at: now)
        case .live(let heardAt):
            guard heardAt.duration(to: now) > Self.silentAfter else { return .none }
            state = .silent(since: now)
            return isNews(.silent) ? .report(.silent) : .none
        case .silent(let since):
            return since.duration(to: now) < Self.replaceAfter ? .none : giveUp(.silent, at: now)
        }
    }

    mutating func heard(at now: Time) {
        state = .live(heardAt: now)
        failures = 0
        reported = nil
    }

    /// The connection ended by itself or could not be made.
    /// - Returns: whether that is worth telling, which the same failure again is not.
    mutating func ended(_ failure: TransferFailure, at now: Time) -> Bool {
        failures += 1
        state = .waiting(until: now + Self.delay(afterFailures: failures))
        return isNews(failure)
    }

    /// Something changed about the worker's socket: waiting longer would be in vain.
    mutating func retrySoon(at now: Time) {
        if case .waiting = state { state = .waiting(until: now) }
    }

    /// 1, 2, 4 and then always 5 ticks, each half a tick short so that the tick that is meant finds it due.
    static func delay(afterFailures failures: Int) -> Duration {
        let ticks = failures >= 4 ? 5 : 1 << max(0, failures - 1)
        return .seconds(ticks) - .milliseconds(500)
    }

    private mutating func giveUp(_ failure: TransferFailure, at now: Time) -> Action {
        .disconnect(failure, isNews: ended(failure, at: now))
    }

    private mutating func isNews(_ failure: TransferFailure) -> Bool {
        defer { reported = failure }
        return reported != failure
    }
}
