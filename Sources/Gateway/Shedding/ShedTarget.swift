import FleetModel

/// What giving connections away does to the side that serves clients.
protocol ShedTarget: Sendable {
    /// Stops accepting; connections that are open stay.
    func refuseNewWhileShedding() async
    /// Accepts again, unless something else keeps the worker closed.
    func acceptNewAfterShedding() async throws
    /// Closes those that were told to leave and did not, then tells up to `count` others, chosen at random among the
    /// members of the rooms.
    /// - Parameter rooms: nil for all clients.
    func shed(upTo count: Int, in rooms: RoomPattern?) async -> ShedTally
}

/// What one step of it did, and how things stand after it.
struct ShedTally: Sendable, Equatable {
    /// Told to leave by this step.
    var told = 0
    /// Told and still connected.
    var leaving = 0
    /// Clients in the rooms that were not told yet.
    var matching = 0

    static func + (left: Self, right: Self) -> Self {
        ShedTally(
            told: left.told + right.told, leaving: left.leaving + right.leaving,
            matching: left.matching + right.matching)
    }
}
