import AdminAPI
import FleetModel

/// Sets the lever that stops what runs and blocks what would start, or lets it go.
struct SafetyAct: ActSubject {
    let engages: Bool

    var title: SafeText { engages ? OperationActWords.engage : OperationActWords.release }
    var fields: [ActField] { [.reason] }
    /// In trouble, stopping must be quick; a reason may be given with Shift-Tab.
    var asksAtOnce: Bool { engages }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let state = SafetyState(engaged: engages, reason: answers.reason)
        return ActProposal(
            engages ? engaging(situation) : releasing(situation),
            deed: engages ? OperationActWords.engages : OperationActWords.releases, .safety(state))
    }

    private func engaging(_ situation: ActSituation) -> [SafeText] {
        let stops: SafeText =
            situation.operations.running.map {
                OperationActWords.stops(OperationWords.title($0.plan), SafeText($0.leader))
            } ?? OperationActWords.nothingToStop
        return [stops, OperationActWords.untilReleased]
    }

    private func releasing(_ situation: ActSituation) -> [SafeText] {
        let engaged = situation.operations.safety.map { OperationWords.lever($0) } ?? OperationActWords.mayNotBeEngaged
        return [engaged, OperationActWords.startAgain]
    }
}

extension OperationWords {
    /// Who engaged the lever, when and why.
    static func lever(_ state: SafetyState) -> SafeText {
        OperationActWords.engaged(
            state.by.map { SafeText($0) }, state.at.map { SafeText($0.clockText) }, state.reason.map { SafeText($0) })
    }
}
