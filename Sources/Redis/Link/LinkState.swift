import NIOCore

/// Keeps one connection up: when to dial, how long to wait after a failure, when to stop. Pure; time and randomness
/// are parameters.
///
/// Every `dial` is answered by exactly one `ended`, with or without an `opened` before it.
struct LinkState: Sendable {
    private enum Phase: Sendable {
        case idle
        case dialing
        case up(since: NIODeadline)
        case waiting
        /// A dial or a connection to a place that is left is still to end.
        case leaving
        /// A dial or a connection is still to end.
        case stopping
        case stopped
    }

    private var phase = Phase.idle
    private var backoff: Backoff

    init(backoff: Backoff = Backoff()) {
        self.backoff = backoff
    }

    /// Whether a connection must have lasted before a failure starts with short waits again. Otherwise a Redis that
    /// accepts and then refuses would be dialled without pause.
    private var provenAfter: Duration { backoff.cap }

    /// Whether what is being dialled is wanted still.
    var isDialWanted: Bool {
        if case .dialing = phase { true } else { false }
    }

    enum TimeAction: Equatable {
        case none
        case dial
    }

    mutating func start() -> TimeAction {
        guard case .idle = phase else { return .none }
        phase = .dialing
        return .dial
    }

    /// The wait that `retry` asked for is over.
    mutating func waitIsOver() -> TimeAction {
        guard case .waiting = phase else { return .none }
        phase = .dialing
        return .dial
    }

    enum MoveAction: Equatable {
        case none
        case dial
        /// Close what is open; `ended` follows.
        case close
    }

    /// Redis is somewhere else.
    mutating func moved() -> MoveAction {
        switch phase {
        case .idle, .leaving, .stopping, .stopped: return .none
        case .waiting:
            backoff.reset()
            phase = .dialing
            return .dial
        case .dialing, .up:
            phase = .leaving
            return .close
        }
    }

    enum OpenAction: Equatable {
        case announce
        /// It is not wanted any more.
        case close
    }

    /// The connection dialled for is ready.
    mutating func opened(at now: NIODeadline) -> OpenAction {
        switch phase {
        case .dialing:
            phase = .up(since: now)
            return .announce
        case .idle, .up, .waiting, .leaving, .stopping, .stopped: return .close
        }
    }

    enum EndAction: Equatable {
        case none
        /// Dial again after the wait.
        case retry(after: Duration)
        /// What was left is gone: dial the place that Redis moved to.
        case dial
        /// `stop` is done.
        case finished
    }

    /// The dial failed, or the connection was lost.
    mutating func ended(at now: NIODeadline, random: inout some RandomNumberGenerator) -> EndAction {
        switch phase {
        case .dialing: break
        case .up(let since): if Duration(now - since) >= provenAfter { backoff.reset() }
        case .leaving:
            backoff.reset()
            phase = .dialing
            return .dial
        case .stopping:
            phase = .stopped
            return .finished
        case .idle, .waiting, .stopped: return .none
        }
        phase = .waiting
        return .retry(after: backoff.next(using: &random))
    }

    enum StopAction: Equatable {
        case finished
        /// Close what is open; `ended` follows.
        case close
    }

    mutating func stop() -> StopAction {
        switch phase {
        case .idle, .waiting, .stopped:
            phase = .stopped
            return .finished
        case .dialing, .up, .leaving, .stopping:
            phase = .stopping
            return .close
        }
    }
}
