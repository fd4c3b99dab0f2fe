import FleetModel

/// Refuses calls to something that fails, and finds out with single trials when it works again.
///
/// Closed, open and half-open as in Michael T. Nygard, "Release It!", "Circuit Breaker". Whoever is permitted a call
/// says how it ended; a call that never ends does not count, and a trial that never ends makes room for the next one.
struct CircuitBreaker: Sendable {
    /// Calls to Redis end within a few seconds, answered or not: a trial that took longer was lost.
    static let trialPatience: Duration = .seconds(15)
    /// Hours of a Redis that is away, and minutes of one that comes and goes.
    static let maximumHistory = 32

    private enum Phase: Sendable {
        case closed
        case open(until: UnixTime)
        /// - Parameter trial: when the trial that is under way began; nil while there is none.
        case halfOpen(successes: Int, trial: UnixTime?)
    }

    /// The last transitions, oldest first.
    private(set) var history: [BreakerTransition] = []
    /// All that ever were, those that left the history included.
    private(set) var transitions = 0
    private(set) var failuresTotal: UInt64 = 0
    private(set) var refusedTotal: UInt64 = 0
    private var policy: BreakerPolicy
    private var phase = Phase.closed
    private var window: CallWindow
    private var since: UnixTime
    private var reason: String?
    /// While an operator holds the breaker; what it would do by itself waits meanwhile.
    private var held: (override: BreakerOverride, since: UnixTime)?
    /// Openings since the last success.
    private var openings = 0

    init(policy: BreakerPolicy, at now: UnixTime) {
        self.policy = policy
        window = CallWindow(policy.window)
        since = now
    }

    /// Keeps the state; a window of another length begins empty.
    mutating func apply(_ policy: BreakerPolicy) {
        if policy.window != self.policy.window { window = CallWindow(policy.window) }
        self.policy = policy
    }

    /// - Returns: whether a call may be made.
    mutating func permits(at now: UnixTime) -> Bool {
        settle(at: now)
        if let held { return permits(held.override) }
        switch phase {
        case .closed: return true
        case .open(let until) where now >= until:
            enter(.halfOpen(successes: 0, trial: now), .halfOpen, nil, at: now)
            return true
        case .halfOpen(let successes, let trial) where trial.map({ $0.duration(to: now) > Self.trialPatience }) ?? true:
            phase = .halfOpen(successes: successes, trial: now)
            return true
        case .open, .halfOpen:
            refusedTotal += 1
            return false
        }
    }

    mutating func succeeded(at now: UnixTime) {
        guard !isHeld(at: now) else { return }
        switch phase {
        case .closed:
            openings = 0
            window.count(failed: false, at: now)
        case .halfOpen(let successes, .some): trialSucceeded(successes + 1, at: now)
        // Of a call that began before the breaker opened.
        case .open, .halfOpen(_, nil): break
        }
    }

    mutating func failed(_ reason: String, at now: UnixTime) {
        failuresTotal += 1
        guard !isHeld(at: now) else { return }
        switch phase {
        case .closed:
            window.count(failed: true, at: now)
            if isTooMuch(window.counts(at: now)) { open(reason, at: now) }
        case .halfOpen(_, .some): open(reason, at: now)
        case .open, .halfOpen(_, nil): break
        }
    }

    /// Half open also as soon as a trial would be permitted, asked for or not.
    func state(at now: UnixTime) -> BreakerState {
        if let held, isHeld(at: now) { return held.override.state }
        return ownState(at: now)
    }

    private func ownState(at now: UnixTime) -> BreakerState {
        switch phase {
        case .closed: .closed
        case .open(let until): now < until ? .open : .halfOpen
        case .halfOpen: .halfOpen
        }
    }

    func report(_ name: BreakerName, at now: UnixTime) -> BreakerReport {
        let held = isHeld(at: now) ? held : nil
        return BreakerReport(
            name: name, state: state(at: now), since: held?.since ?? since, reason: reason,
            failuresTotal: failuresTotal, refusedTotal: refusedTotal, override: held?.override)
    }
}

// MARK: - Held by an operator

extension CircuitBreaker {
    /// Holds the breaker, or with nil has it decide again. How calls end meanwhile decides nothing.
    mutating func hold(_ override: BreakerOverride?, at now: UnixTime) {
        settle(at: now)
        guard held != nil || override != nil else { return }
        held = override.map { ($0, now) }
        note(state(at: now), override.map { "held by \($0.by) until \($0.until)" }, at: now)
    }

    /// Ends what an operator set, once its time is over.
    mutating func settle(at now: UnixTime) {
        guard held != nil, !isHeld(at: now) else { return }
        held = nil
        note(state(at: now), nil, at: now)
    }

    private func isHeld(at now: UnixTime) -> Bool { held.map { now < $0.override.until } ?? false }

    private mutating func permits(_ override: BreakerOverride) -> Bool {
        guard override.state != .closed else { return true }
        refusedTotal += 1
        return false
    }
}

extension CircuitBreaker {
    private func isTooMuch(_ counts: (calls: Int, failures: Int)) -> Bool {
        counts.failures >= policy.failures && Double(counts.failures) >= policy.failureShare * Double(counts.calls)
    }

    private mutating func trialSucceeded(_ successes: Int, at now: UnixTime) {
        openings = 0
        if successes >= policy.trials {
            window = CallWindow(policy.window)
            enter(.closed, .closed, nil, at: now)
        } else {
            phase = .halfOpen(successes: successes, trial: nil)
        }
    }

    private mutating func open(_ reason: String, at now: UnixTime) {
        openings += 1
        self.reason = reason
        enter(.open(until: now.advanced(by: wait)), .open, reason, at: now)
    }

    private var wait: Duration {
        // More doublings than this lead beyond every bound in use.
        let doublings = min(max(0, openings - 1), 16)
        return max(policy.openFor, min(policy.openFor * (1 << doublings), policy.longestOpen))
    }

    private mutating func enter(_ phase: Phase, _ state: BreakerState, _ reason: String?, at now: UnixTime) {
        self.phase = phase
        since = now
        note(state, reason, at: now)
    }

    private mutating func note(_ state: BreakerState, _ reason: String?, at now: UnixTime) {
        transitions += 1
        if history.count == Self.maximumHistory { history.removeFirst() }
        history.append(BreakerTransition(time: now, state: state, reason: reason))
    }
}
