import AdminAPI
import FleetModel

/// Has an operation make the fleet safe and end, whoever leads it.
struct CancelAct: ActSubject {
    let operation: OperationRecord

    var title: SafeText { "Cancel the \(OperationWords.title(operation.plan))" }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let leader = SafeText(operation.leader)
        let done = Figures.percent(operation.state.progress)
        return ActProposal(
            [
                "Led by \(leader), \(done) done: \(SafeText(operation.state.note))",
                "It makes the fleet safe and ends; what has been done stays done.",
            ],
            deed: "cancels it",
            .cancel(OperationReference(id: operation.id, reason: answers.reason)))
    }
}
