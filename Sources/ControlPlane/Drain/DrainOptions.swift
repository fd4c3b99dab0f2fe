import FleetModel

/// What an operator may say about a drain; what is left out is decided by the plan.
package struct DrainOptions: Sendable, Equatable {
    /// Closes a second on each worker.
    package var ratePerSecond: Double?
    /// From the start until no connection is left.
    package var deadline: Duration?
    package var reason: String?
    /// Drain even if no active worker is left to take the clients.
    package var allowLast: Bool

    package init(
        ratePerSecond: Double? = nil, deadline: Duration? = nil, reason: String? = nil, allowLast: Bool = false
    ) {
        self.ratePerSecond = ratePerSecond
        self.deadline = deadline
        self.reason = reason
        self.allowLast = allowLast
    }

    /// What the gateway uses when neither rate nor deadline is given.
    package static let standardDeadline: Duration = .seconds(60)
    /// The part of a deadline in which connections leave or are closed; before it, clients are told and given time.
    package static let closingShare = 0.5
}
