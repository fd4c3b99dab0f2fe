/// Follows one place of the fleet through the lives of the processes that fill it, and says what to do next.
package struct WorkerLifecycle: Sendable, Equatable {
    package enum Action: Sendable, Equatable {
        case start
        case startAfter(Duration)
        /// Ask the process to drain and leave.
        case terminate
        case kill
        /// The place stays empty.
        case finish
        case none
    }

    private enum State: Sendable, Equatable {
        case empty
        case running(since: Duration)
        case waiting
        case stopping
        case finished
    }

    private var state = State.empty
    private var policy = RestartPolicy()

    package init() {}

    /// A process is wanted: at the start, and when a pause is over.
    package mutating func due() -> Action {
        switch state {
        case .empty, .waiting: .start
        case .stopping, .finished: .finish
        case .running: .none
        }
    }

    /// - Parameter now: on any clock that only goes forward.
    package mutating func started(now: Duration) -> Action {
        switch state {
        case .empty, .waiting:
            state = .running(since: now)
            return .none
        case .running: return .none
        // The order to stop came while the process was being made.
        case .stopping, .finished:
            state = .stopping
            return .terminate
        }
    }

    package mutating func exited(now: Duration) -> Action {
        switch state {
        case .running(let since): return restart(afterLiving: now - since)
        // It could not even be started.
        case .empty, .waiting: return restart(afterLiving: .zero)
        case .stopping, .finished:
            state = .finished
            return .finish
        }
    }

    /// The first order asks, later ones insist.
    package mutating func stop() -> Action {
        switch state {
        case .running:
            state = .stopping
            return .terminate
        case .empty, .waiting:
            state = .finished
            return .finish
        case .stopping: return .terminate
        case .finished: return .finish
        }
    }

    /// The time for leaving in order is over.
    package mutating func giveUp() -> Action {
        switch state {
        case .running, .stopping:
            state = .stopping
            return .kill
        case .empty, .waiting, .finished:
            state = .finished
            return .finish
        }
    }

    private mutating func restart(afterLiving life: Duration) -> Action {
        state = .waiting
        let pause = policy.pause(afterLiving: life)
        return pause == .zero ? .start : .startAfter(pause)
    }
}
