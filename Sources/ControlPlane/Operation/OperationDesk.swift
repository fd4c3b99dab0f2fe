import AdminAPI
import FleetModel

/// Where operations are begun, told of and ended: any worker of the fleet, which keeps them in Redis.
package protocol OperationDesk: Sendable {
    func start(_ start: OperationStart) async throws(AdminError) -> OperationRecord
    /// - Returns: the record, with the order to cancel if there is one.
    func report(_ news: OperationNews) async throws(AdminError) -> OperationRecord
    func cancel(_ operation: OperationReference) async throws(AdminError) -> OperationRecord
    /// Becomes the leader of an operation whose leader's lease has ended.
    func takeOver(_ operation: OperationReference) async throws(AdminError) -> OperationRecord
    func operation(_ id: String) async throws(AdminError) -> OperationRecord
    /// The latest first.
    func operations(limit: Int) async throws(AdminError) -> [OperationRecord]
    func safety() async throws(AdminError) -> SafetyState
    func set(_ safety: SafetyState) async throws(AdminError) -> SafetyState
}

/// The workers as an operation sees and commands them.
package protocol OperatedFleet: Sendable {
    /// - Parameter rooms: counted on every worker; nil where that is of no use.
    func snapshot(counting rooms: RoomPattern?) async -> Fleet
    /// Orders under an operation's fencing token.
    func order(_ command: WorkerCommand, to worker: WorkerID, for operation: OperationRecord) async throws(AdminError)
    /// What a drill looks at; nil for what is no drill. Asked also while the desk cannot be reached.
    func evidence(for operation: OperationRecord) async -> DrillEvidence?
    /// Does what a drill wants done here. What came of it shows in the evidence.
    func perform(_ act: DrillAct, for operation: OperationRecord) async
}

extension OperatedFleet {
    package func evidence(for operation: OperationRecord) async -> DrillEvidence? { nil }
    package func perform(_ act: DrillAct, for operation: OperationRecord) async {}
}
