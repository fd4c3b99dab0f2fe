import AdminAPI
import FleetModel

/// Operations, their lock, and the safety lever, where every worker of the fleet finds them. Each call is one atomic
/// step.
package protocol OperationStore: Sendable {
    /// - Throws: `AdminError`: `safety_engaged`, `operation_running` with the holder's name, `plan_used`.
    func start(_ record: OperationRecord) async throws -> OperationRecord
    /// - Throws: `AdminError`: `fenced` when another leads it now.
    func report(_ news: OperationNews) async throws -> OperationRecord
    func cancel(_ id: String, _ order: OperationRecord.CancelOrder) async throws -> OperationRecord
    func takeOver(_ id: String, by leader: String, from origin: String) async throws -> OperationRecord
    func operation(_ id: String) async throws -> OperationRecord?
    func operations(limit: Int) async throws -> [OperationRecord]
    /// The disruptive operation that holds the lock: its id and fencing token.
    func holder() async throws -> (id: String, fence: Int)?
    func safety() async throws -> SafetyState
    func set(_ safety: SafetyState) async throws
}
