import AdminAPI
import FleetModel

/// A plan as front ends show it, ask about it, and carry it out.
package protocol PlannedOperation: Sendable {
    /// What workers check before it starts.
    var operation: OperationPlan { get }
    /// What will come of it, one sentence a line, before the question.
    var consequences: [SafeText] { get }
    var objections: [PlanObjection] { get }
    /// What the operator types to say that this, and not something else, is meant; nil where yes or no will do.
    var confirmation: SafeText? { get }
    /// What carries it out.
    func machine() -> any OperationMachine
}

extension PlannedOperation {
    package var isRefused: Bool { objections.contains(where: \.isRefusal) }
}
