/// What a worker does that gives connections away to others: for whom, how many, how fast, until when.
package struct ShedStatus: Sendable, Equatable, Codable {
    package enum Phase: String, Sendable, Codable, CaseIterable {
        /// Refuses new connections if it was told to, and has clients leave up to `count`.
        case shedding
        /// Stopped, or its lease ran out: nobody more is told to leave, and new connections are welcome.
        case ended
    }

    package var phase: Phase
    /// The operation that it is a part of.
    package var operation: String
    package var requestedBy: String
    package var startedAt: UnixTime
    /// Without another order it ends by itself then.
    package var leaseEndsAt: UnixTime
    /// Clients told to leave a second.
    package var ratePerSecond: Double
    /// Only connections in rooms of this pattern leave; nil for all.
    package var rooms: String?
    package var refusesNew: Bool
    /// How many may be told to leave in all, over every order of the operation.
    package var count: Int
    /// How many were told so far.
    package var told: Int
    /// Of those, how many are still connected.
    package var leaving: Int
    /// Connections that it chooses from and that were not told yet.
    package var matching: Int

    package init(
        phase: Phase, operation: String, requestedBy: String, startedAt: UnixTime, leaseEndsAt: UnixTime,
        ratePerSecond: Double, rooms: String?, refusesNew: Bool, count: Int, told: Int, leaving: Int, matching: Int
    ) {
        self.phase = phase
        self.operation = operation
        self.requestedBy = requestedBy
        self.startedAt = startedAt
        self.leaseEndsAt = leaseEndsAt
        self.ratePerSecond = ratePerSecond
        self.rooms = rooms
        self.refusesNew = refusesNew
        self.count = count
        self.told = told
        self.leaving = leaving
        self.matching = matching
    }

    private enum CodingKeys: String, CodingKey {
        case phase, operation, rooms, count, told, leaving, matching
        case requestedBy = "requested_by"
        case startedAt = "started_at"
        case leaseEndsAt = "lease_ends_at"
        case ratePerSecond = "rate_per_second"
        case refusesNew = "refuses_new"
    }
}
