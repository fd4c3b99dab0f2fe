import FleetModel

/// Who wants a drain, why, and within which limits.
package struct DrainOrder: Sendable, Equatable {
    package var cause: DrainCause
    /// The user the operating system named, or the signal.
    package var requestedBy: String
    package var reason: String?
    /// Closes a second; nil takes what the deadline needs.
    package var ratePerSecond: Double?
    /// From the start until no connection is left; nil takes what the rate needs, or `DrainLimits.standardDeadline`.
    package var deadline: Duration?

    package init(
        cause: DrainCause, requestedBy: String, reason: String? = nil, ratePerSecond: Double? = nil,
        deadline: Duration? = nil
    ) {
        self.cause = cause
        self.requestedBy = requestedBy
        self.reason = reason
        self.ratePerSecond = ratePerSecond
        self.deadline = deadline
    }
}
