import AdminAPI
import ControlPlane
import FleetModel

/// Leads on an operation whose leader is gone.
struct TakeOverAct: ActSubject {
    let operation: OperationRecord

    var title: SafeText { "Take over the \(OperationWords.title(operation.plan))" }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let leader = SafeText(operation.leader)
        let objection = PlanObjection(
            .refusal(option: nil), "only who began it can lead it; its lease ends by itself, or cancel it with c")
        return ActProposal(
            ["\(leader) does not lead it any more; this console leads it on, as it was planned."],
            objections: operation.machine == nil ? [objection] : [], deed: "leads it on",
            .takeOver(OperationReference(id: operation.id, reason: answers.reason)))
    }
}
