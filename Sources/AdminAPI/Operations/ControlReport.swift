import FleetModel

/// What a reader of a fleet wants to know of its control plane.
package struct ControlQuestion: Sendable, Equatable {
    /// The operation that is wanted whole, with its steps.
    package var details: String?

    package init(details: String? = nil) {
        self.details = details
    }

    /// Operations in the answer: what ran before is history.
    package static let maximumOperations = 20
}

/// What one worker told of the fleet's control plane; what could not be had is nil.
package struct ControlReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var access: AccessReport?
    package var safety: SafetyState?
    /// The latest first, without their steps.
    package var operations: [OperationRecord]?
    package var details: OperationRecord?
    /// Why something is missing.
    package var failure: AdminError?

    package init(worker: WorkerID) {
        self.worker = worker
    }
}
