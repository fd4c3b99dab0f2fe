import FleetModel

/// Decides every step of a drain; reads no clock and touches nothing.
///
/// Whoever drives it asks `next` what to do, does it, and reports with `did`. Orders (`start`, `undrain`, `shutDown`)
/// may come at any moment, also while something that `next` asked for is being done.
package struct DrainStateMachine: Sendable {
    /// What is to be done now.
    package enum Action: Sendable, Equatable {
        case refuseNew
        case acceptNew
        case announce(spread: Duration)
        case close(atMost: Int)
        /// Ask again after this time, or earlier.
        case wait(Duration)
        /// Nothing until an order comes.
        case rest
    }

    /// What was done.
    package enum Deed: Sendable, Equatable {
        case refusedNew(remaining: Int)
        case acceptedNew
        case announced
        case closed(Int)
    }

    enum State: Sendable {
        case serving
        case draining(Drain)
        /// Undrained; accepting again is due.
        case resuming
    }

    private(set) var state = State.serving

    package init() {}
}

// MARK: - Orders

extension DrainStateMachine {
    package mutating func start(_ order: DrainOrder, connections: Int, now: UnixTime) throws(DrainRefusal) {
        if case .draining(let drain) = state {
            if drain.cause == .shutdown { throw .shuttingDown }
            throw .alreadyDraining(drain.status(at: now))
        }
        let schedule = try DrainSchedule(
            connections: connections, ratePerSecond: order.ratePerSecond, deadline: order.deadline)
        state = .draining(Drain(order, schedule: schedule, connections: connections, now: now))
    }

    package mutating func undrain() throws(DrainRefusal) {
        guard case .draining(let drain) = state else { throw .notDraining }
        if drain.cause == .shutdown { throw .shuttingDown }
        state = .resuming
    }

    /// Starts a drain that ends the process, or takes over the one under way: steps that were taken stay taken.
    package mutating func shutDown(
        requestedBy: String, deadline: Duration, connections: Int, now: UnixTime
    ) throws(DrainRefusal) {
        let order = DrainOrder(cause: .shutdown, requestedBy: requestedBy, deadline: deadline)
        let schedule = try DrainSchedule(connections: connections, ratePerSecond: nil, deadline: deadline)
        var drain = Drain(order, schedule: schedule, connections: connections, now: now)
        if case .draining(let earlier) = state { drain.continueFrom(earlier, now: now) }
        state = .draining(drain)
    }
}

// MARK: - Steps

extension DrainStateMachine {
    /// What to do now.
    /// - Parameters:
    ///   - remaining: connections that are open.
    ///   - jitter: a random number from 0 to 1, new at each call.
    package mutating func next(now: UnixTime, remaining: Int, jitter: Double) -> Action {
        switch state {
        case .serving: return .rest
        case .resuming: return .acceptNew
        case .draining(var drain):
            let action = drain.next(now: now, remaining: remaining, jitter: jitter)
            state = .draining(drain)
            return action
        }
    }

    /// Takes note of what was done. A deed that an order has overtaken changes nothing, except that closes count.
    package mutating func did(_ deed: Deed, now: UnixTime) {
        switch state {
        case .serving: break
        case .resuming:
            if deed == .acceptedNew { state = .serving }
        case .draining(var drain):
            drain.did(deed, now: now)
            state = .draining(drain)
        }
    }
}

// MARK: - Status

extension DrainStateMachine {
    /// nil while the worker serves.
    package func status(at now: UnixTime) -> DrainStatus? {
        switch state {
        case .serving, .resuming: nil
        case .draining(let drain): drain.status(at: now)
        }
    }

    package var workerState: WorkerState {
        switch state {
        case .serving: .active
        case .resuming: .draining
        case .draining(let drain):
            switch drain.cause {
            case .shutdown: .stopping
            case .operator: drain.phase == .drained ? .drained : .draining
            }
        }
    }
}
