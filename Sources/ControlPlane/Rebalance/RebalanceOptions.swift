import FleetModel

/// What an operator may say about a rebalance; what is left out is decided by the plan.
package struct RebalanceOptions: Sendable, Equatable {
    /// How far from the mean a worker may be, as a part of it; 0.1 for 10%.
    package var tolerance: Double
    /// Clients told to leave a second, over all workers.
    package var ratePerSecond: Double?
    /// Balances the connections in these rooms; nil for all connections.
    package var rooms: RoomPattern?
    /// From the start until it stops, whatever is left.
    package var deadline: Duration?
    /// It stops when the fleet's p99 of message latency stays above this.
    package var maximumLatency: Duration?
    /// It stops when the fleet has more errors than this a second for a while.
    package var maximumErrorsPerSecond: Double?

    package init(
        tolerance: Double = Self.standardTolerance, ratePerSecond: Double? = nil, rooms: RoomPattern? = nil,
        deadline: Duration? = nil, maximumLatency: Duration? = nil, maximumErrorsPerSecond: Double? = nil
    ) {
        self.tolerance = tolerance
        self.ratePerSecond = ratePerSecond
        self.rooms = rooms
        self.deadline = deadline
        self.maximumLatency = maximumLatency
        self.maximumErrorsPerSecond = maximumErrorsPerSecond
    }

    /// As EMQX has it.
    package static let standardTolerance = 0.1
    /// What an estimate is given on top, before a rebalance is stopped that takes longer.
    static let spareTime: Duration = .seconds(60)
}
