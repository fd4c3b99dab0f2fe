import FleetModel

/// What an operator may say about a drain; what is left out is decided by the plan.
package struct DrainOptions: Sendable, Equatable {
    /// Closes a second on each worker.
    package var ratePerSecond: Double?
    /// From the start until no connection is left, for each worker.
    package var deadline: Duration?
    package var reason: String?
    /// Drain even if no active worker is left to take the clients.
    package var allowLast: Bool
    /// The part of the active workers' capacity that stays active all the while; 0.5 for half of it.
    package var keep: Double
    /// Workers that are drained at the same time.
    package var parallel: Int

    package init(
        ratePerSecond: Double? = nil, deadline: Duration? = nil, reason: String? = nil, allowLast: Bool = false,
        keep: Double = DrainOptions.standardKeep, parallel: Int = 1
    ) {
        self.ratePerSecond = ratePerSecond
        self.deadline = deadline
        self.reason = reason
        self.allowLast = allowLast
        self.keep = keep
        self.parallel = parallel
    }

    /// With less than half of a fleet, most fleets are overloaded; one of two workers may still be drained.
    package static let standardKeep = 0.5

    /// Closes a second on one worker that keep a fleet within its churn budget, rounded up to a tenth.
    package static func rate(fleetConnections: Int, parallel: Int) -> Double {
        let rate = ChurnBudget.rate(connections: fleetConnections) / Double(max(parallel, 1))
        return min((rate * 10).rounded(.up) / 10, DrainLimits.highestRate)
    }
}
