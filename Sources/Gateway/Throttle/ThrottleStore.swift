import AdminAPI
import FleetModel

/// Where a fleet keeps its throttles, so that every worker keeps to them, one that starts later too.
package protocol ThrottleStore: Sendable {
    /// Sets or replaces the throttle of a pattern.
    /// - Throws: `AdminError.conflict` where there are too many.
    func set(_ rule: ThrottleRule, lasting: Duration) async throws
    /// - Returns: false where there was none.
    func clear(_ pattern: RoomPattern) async throws -> Bool
    func throttles() async throws -> StoredThrottles
}

/// What holds in a fleet at one moment.
package struct StoredThrottles: Sendable, Equatable {
    package struct Held: Sendable, Equatable {
        package var rule: ThrottleRule
        /// Until it ends, by the clock of whoever keeps it.
        package var left: Duration

        package init(rule: ThrottleRule, left: Duration) {
            self.rule = rule
            self.left = left
        }
    }

    package var held: [Held]
    /// That are in the registry.
    package var workers: Int

    package init(held: [Held], workers: Int) {
        self.held = held
        self.workers = workers
    }
}
