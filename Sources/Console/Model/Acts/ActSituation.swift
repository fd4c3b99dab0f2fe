import AdminAPI
import FleetModel

/// What plans are made from.
struct ActSituation: Sendable {
    let fleet: Fleet
    let operations: OperationBoard
    let answers: AnswerBook
    let now: UnixTime

    /// What the workers said to a question that an act asks beforehand.
    /// - Parameter value: of a reply; nil for one to another question.
    /// - Throws: what is awaited, or why nobody answers.
    func gathered<Value>(
        _ query: FleetQuery, _ value: (FleetReply) -> Value?
    ) throws(ActComplaint) -> (values: [(worker: WorkerID, value: Value)], silent: [WorkerID]) {
        guard let answer = answers[query] else { throw ActComplaint(.awaited, ActFormWords.awaited) }
        let values = answer.replies.compactMap { worker, reply in value(reply).map { (worker: worker, value: $0) } }
        guard !values.isEmpty else {
            let reason = answer.failures.first.map { SafeText($0.error.message) } ?? ActFormWords.nobodyThere
            throw ActComplaint(.wrong, ActFormWords.unanswered(reason))
        }
        return (values, answer.failures.map(\.worker))
    }
}
