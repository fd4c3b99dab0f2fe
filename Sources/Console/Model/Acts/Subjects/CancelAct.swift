import AdminAPI
import FleetModel

/// Has an operation make the fleet safe and end, whoever leads it.
struct CancelAct: ActSubject {
    let operation: OperationRecord

    var title: SafeText { OperationActWords.cancel(OperationWords.title(operation.plan)) }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let leader = SafeText(operation.leader)
        let done = Figures.percent(operation.state.progress)
        return ActProposal(
            [
                OperationActWords.ledBy(leader, done, SafeText(operation.state.note)), OperationActWords.makesSafe,
            ],
            deed: OperationActWords.cancels,
            .cancel(OperationReference(id: operation.id, reason: answers.reason)))
    }
}
