import FleetModel

/// One drain from its order to its end: the part of `DrainStateMachine` that exists only while draining.
struct Drain: Sendable {
    private(set) var phase = DrainPhase.refusing
    let cause: DrainCause

    private let order: DrainOrder
    private let schedule: DrainSchedule
    private let startedAt: UnixTime
    private let initialConnections: Int
    private var remaining: Int
    private var closed = 0
    private var graceEnd: UnixTime
    private var drainedAt: UnixTime?
    private var pacer: ClosePacer

    /// How often the driver looks at how many are left; also the finest pacing of closes.
    static let tick: Duration = .milliseconds(100)

    init(_ order: DrainOrder, schedule: DrainSchedule, connections: Int, now: UnixTime) {
        cause = order.cause
        self.order = order
        self.schedule = schedule
        startedAt = now
        initialConnections = connections
        remaining = connections
        graceEnd = now.advanced(by: schedule.grace)
        pacer = ClosePacer(ratePerSecond: schedule.ratePerSecond, now: now)
    }

    private var deadline: UnixTime { startedAt.advanced(by: schedule.deadline) }

    mutating func continueFrom(_ earlier: Drain, now: UnixTime) {
        phase = earlier.phase
        closed = earlier.closed
        graceEnd = min(earlier.graceEnd, graceEnd)
        drainedAt = earlier.drainedAt
    }

    mutating func next(now: UnixTime, remaining: Int, jitter: Double) -> DrainStateMachine.Action {
        self.remaining = remaining
        switch phase {
        case .refusing: return .refuseNew
        case .announcing: return .announce(spread: schedule.spread)
        case .grace: return inGrace(now: now, jitter: jitter)
        case .closing: return inClosing(now: now, jitter: jitter)
        case .drained: return .rest
        }
    }

    mutating func did(_ deed: DrainStateMachine.Deed, now: UnixTime) {
        switch (deed, phase) {
        case (.refusedNew(let remaining), .refusing):
            self.remaining = remaining
            phase = .announcing
            if remaining == 0 { finish(now) }
        case (.announced, .announcing):
            phase = .grace
            graceEnd = min(now.advanced(by: schedule.grace), deadline)
        case (.closed(let count), _):
            closed += count
        case (.refusedNew, _), (.announced, _), (.acceptedNew, _):
            // Overtaken by an order.
            break
        }
    }

    private mutating func inGrace(now: UnixTime, jitter: Double) -> DrainStateMachine.Action {
        if remaining == 0 { return finish(now) }
        guard now >= graceEnd else { return .wait(min(Self.tick, now.duration(to: graceEnd))) }
        phase = .closing
        pacer = ClosePacer(ratePerSecond: schedule.ratePerSecond, now: now)
        return inClosing(now: now, jitter: jitter)
    }

    private mutating func inClosing(now: UnixTime, jitter: Double) -> DrainStateMachine.Action {
        if remaining == 0 { return finish(now) }
        let count = pacer.take(remaining: remaining, deadline: deadline, now: now, jitter: jitter)
        return count > 0 ? .close(atMost: count) : .wait(Self.tick)
    }

    @discardableResult
    private mutating func finish(_ now: UnixTime) -> DrainStateMachine.Action {
        phase = .drained
        drainedAt = now
        return .rest
    }
}

// MARK: - Status

extension Drain {
    func status(at now: UnixTime) -> DrainStatus {
        DrainStatus(
            phase: phase, cause: cause, requestedBy: order.requestedBy, reason: order.reason, startedAt: startedAt,
            deadline: deadline, ratePerSecond: schedule.ratePerSecond, initialConnections: initialConnections,
            remaining: remaining, closed: closed, estimatedEnd: estimatedEnd(at: now))
    }

    /// When what remains will be closed: at the deadline where the pace is made for that, in a moment when one remains,
    /// later when they need longer at the rate; the end itself once it is known.
    private func estimatedEnd(at now: UnixTime) -> UnixTime {
        if let drainedAt { return drainedAt }
        return pacer.end(remaining: remaining, from: max(now, graceEnd), deadline: deadline)
    }
}
