import FleetModel

/// How one worker's drain stands, as the machine that leads it sees.
struct DrainTarget: Sendable, Equatable {
    enum State: Sendable, Equatable {
        /// Its turn has not come.
        case waiting
        /// The order is given; the worker has not been seen draining yet.
        case ordered(since: UnixTime)
        case draining
        /// Nobody is left on it.
        case drained
        /// It is to serve again, and has not said so yet.
        case undraining
        case undrained
        case failed
        /// It was never ordered, and will not be.
        case spared
    }

    let worker: WorkerID
    var state = State.waiting
    /// What there is to say of it.
    var words: SafeText = "waits for its turn"
    var progress = 0.0
    /// The life of the worker in which it was drained: another means that it was restarted.
    var startedAt: UnixTime?
    /// An order may have reached it although its answer did not come.
    var mayBeOrdered = false
    /// Orders that came to nothing for a reason that may pass.
    var tries = 0
    /// Since when it does not answer.
    var silentSince: UnixTime?
    /// Who left when it was drained.
    var left = 0

    var isInProgress: Bool {
        switch state {
        case .ordered, .draining: true
        case .waiting, .drained, .undraining, .undrained, .failed, .spared: false
        }
    }

    /// Nothing more is done about it.
    var isSettled: Bool {
        switch state {
        case .drained, .undrained, .failed, .spared: true
        case .waiting, .ordered, .draining, .undraining: false
        }
    }

    mutating func fail(_ words: SafeText) {
        state = .failed
        self.words = "failed: " + words
    }
}
