/// The named steps of a drain, in order.
package enum DrainPhase: String, Sendable, Codable, CaseIterable {
    /// Nothing new is accepted and readiness is withdrawn; clients have not been told yet.
    case refusing
    /// Clients are being told to reconnect, each within a time of its own.
    case announcing
    /// Clients that heed the announcement leave by themselves.
    case grace
    /// Connections that stayed are closed at a bounded rate.
    case closing
    /// None is left; the worker waits to be undrained or stopped.
    case drained
}

/// What started a drain.
package enum DrainCause: String, Sendable, Codable {
    /// A person, through the admin API.
    case `operator`
    /// SIGTERM: the process leaves once drained.
    case shutdown
}

/// Everything an operator asks about a drain: why, by whom, since when, how fast, how much is left, until when.
package struct DrainStatus: Sendable, Equatable, Codable {
    package var phase: DrainPhase
    package var cause: DrainCause
    /// The user the operating system named, or the signal.
    package var requestedBy: String
    package var reason: String?
    package var startedAt: UnixTime
    /// The moment by which no connection is left.
    package var deadline: UnixTime
    /// Closes a second that the closing step may use.
    package var ratePerSecond: Double
    package var initialConnections: Int
    package var remaining: Int
    /// Closed by the drain itself; the others left when told.
    package var closed: Int
    package var estimatedEnd: UnixTime

    package init(
        phase: DrainPhase, cause: DrainCause, requestedBy: String, reason: String?, startedAt: UnixTime,
        deadline: UnixTime, ratePerSecond: Double, initialConnections: Int, remaining: Int, closed: Int,
        estimatedEnd: UnixTime
    ) {
        self.phase = phase
        self.cause = cause
        self.requestedBy = requestedBy
        self.reason = reason
        self.startedAt = startedAt
        self.deadline = deadline
        self.ratePerSecond = ratePerSecond
        self.initialConnections = initialConnections
        self.remaining = remaining
        self.closed = closed
        self.estimatedEnd = estimatedEnd
    }

    /// From 0 to 1: how much of what was there has left.
    package var progress: Double {
        guard phase != .drained, initialConnections > 0 else { return 1 }
        return max(0, 1 - Double(remaining) / Double(initialConnections))
    }

    private enum CodingKeys: String, CodingKey {
        case phase, cause, reason, deadline, remaining, closed
        case requestedBy = "requested_by"
        case startedAt = "started_at"
        case ratePerSecond = "rate_per_second"
        case initialConnections = "initial_connections"
        case estimatedEnd = "estimated_end"
    }
}
