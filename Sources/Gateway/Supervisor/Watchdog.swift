/// Finds that a worker's process hangs: it runs, and its kernel goes on taking clients for it, but it does nothing.
///
/// Silence is counted in looks, one a second, rather than read off a clock: a supervisor that was itself stopped for a
/// while, with the whole machine or alone, finds out nothing about its workers by the time that passed.
struct Watchdog: Sendable, Equatable {
    enum Action: Sendable, Equatable {
        case none
        /// Say that the process does not answer.
        case warn
        /// End the process, so that another takes its place.
        case kill
    }

    /// A worker speaks once a second; a busy one may miss a few.
    static let warnAfter: Duration = .seconds(5)
    static let interval: Duration = .seconds(1)

    /// Zero lets a silent process be.
    let patience: Duration
    /// Since the last sign of life; nil before the first of this process, which may take its time to start.
    private(set) var silence: Duration?

    init(patience: Duration) {
        self.patience = patience
    }

    /// Another process takes the place.
    mutating func restart() {
        silence = nil
    }

    /// The process said something.
    /// - Returns: how long it had been silent, if that was worth a warning.
    mutating func hear() -> Duration? {
        defer { silence = .zero }
        return silence.flatMap { $0 >= Self.warnAfter ? $0 : nil }
    }

    /// Once every `interval`.
    mutating func look() -> Action {
        guard let before = silence else { return .none }
        let silence = before + Self.interval
        self.silence = silence
        if patience > .zero, silence >= patience {
            self.silence = nil
            return .kill
        }
        return before < Self.warnAfter && silence >= Self.warnAfter ? .warn : .none
    }
}
