import AdminAPI
import FleetModel

/// Sees the Redis that a worker stands on as a whole, and has its Sentinels promote a replica.
package protocol RedisOverseer: Sendable {
    /// As it is now; what does not answer says so in its place.
    func report() async -> RedisReport
    /// - Throws: `AdminError.conflict` with the Sentinel's reason, or `AdminError.unavailable`.
    func failOver() async throws(AdminError) -> FailoverReport
    /// A drill begins, and takes its number, or ends with its verdict.
    func note(_ drill: DrillNote) async throws(AdminError) -> DrillHistory
}
