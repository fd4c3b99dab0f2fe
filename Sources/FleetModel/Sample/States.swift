/// What a worker does with connections now.
package enum WorkerState: String, Sendable, Codable, CaseIterable {
    /// Not yet listening.
    case starting
    /// Accepts and serves.
    case active
    /// Accepts nothing new and closes what it has, step by step.
    case draining
    /// Has no connection left and waits to be undrained or stopped.
    case drained
    /// Leaves as soon as its connections are closed.
    case stopping
}

/// A circuit breaker's state, named as in Nygard's "Release It!".
package enum BreakerState: String, Sendable, Codable, CaseIterable {
    /// Calls pass.
    case closed
    /// Calls are refused until the wait is over.
    case open
    /// One trial call decides.
    case halfOpen = "half_open"
}
