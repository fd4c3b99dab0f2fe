import AdminAPI
import ControlPlane
import FleetModel

/// Leads on an operation whose leader is gone.
struct TakeOverAct: ActSubject {
    let operation: OperationRecord

    var title: SafeText { OperationActWords.takeOver(OperationWords.title(operation.plan)) }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let leader = SafeText(operation.leader)
        let objection = PlanObjection(.refusal(option: nil), OperationActWords.onlyItsLeader)
        return ActProposal(
            [OperationActWords.leaderIsGone(leader)],
            objections: operation.machine == nil ? [objection] : [], deed: OperationActWords.leadsOn,
            .takeOver(OperationReference(id: operation.id, reason: answers.reason)))
    }
}
