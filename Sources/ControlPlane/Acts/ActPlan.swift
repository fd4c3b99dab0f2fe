import AdminAPI
import FleetModel

/// What a single act will do, as front ends show it and ask about it before anything is touched.
package protocol ActPlan: Sendable {
    var kind: OperationKind { get }
    /// What will come of it, one sentence a line, before the question.
    var consequences: [SafeText] { get }
    var objections: [PlanObjection] { get }
    /// What the operator types to say that this, and not something else, is meant; nil where yes or no will do.
    var confirmation: SafeText? { get }
}

extension ActPlan {
    package var isRefused: Bool { objections.contains(where: \.isRefusal) }
}

extension PlanObjection {
    /// Of workers that could not be asked: what is said of the fleet leaves them out.
    static func silent(_ workers: [WorkerID]) -> [PlanObjection] {
        workers.map { worker in
            PlanObjection(
                .warning, worker: worker,
                say(
                    "\(worker) does not answer: it is not counted here", "\(worker) no responde: no se cuenta aquí"))
        }
    }
}
