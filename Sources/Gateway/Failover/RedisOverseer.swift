import AdminAPI
import FleetModel

/// Sees the Redis that a worker stands on as a whole, looks into its primary, and has its Sentinels promote a replica.
package protocol RedisOverseer: Sendable {
    /// As it is now; what does not answer says so in its place.
    func report() async -> RedisReport
    /// The primary in depth; what cannot be had says why.
    func details() async -> RedisDetails
    /// Looks through a bounded part of the keys for the biggest or the hottest.
    /// - Throws: `AdminError.conflict` while another such search runs here, or `AdminError.unavailable`.
    func keys(_ kind: RedisKeyKind, limit: Int) async throws(AdminError) -> RedisKeyReport
    /// - Throws: `AdminError.conflict` with the Sentinel's reason, or `AdminError.unavailable`.
    func failOver() async throws(AdminError) -> FailoverReport
    /// A drill begins, and takes its number, or ends with its verdict.
    func note(_ drill: DrillNote) async throws(AdminError) -> DrillHistory
}
