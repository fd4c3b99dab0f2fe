import AdminAPI
import FleetModel

/// Sets the lever that stops what runs and blocks what would start, or lets it go.
struct SafetyAct: ActSubject {
    let engages: Bool

    var title: SafeText { engages ? "Engage the safety lever" : "Release the safety lever" }
    var fields: [ActField] { [.reason] }
    /// In trouble, stopping must be quick; a reason may be given with Shift-Tab.
    var asksAtOnce: Bool { engages }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let state = SafetyState(engaged: engages, reason: answers.reason)
        return ActProposal(
            engages ? engaging(situation) : releasing(situation),
            deed: engages ? "stops and blocks every operation" : "lets operations start again", .safety(state))
    }

    private func engaging(_ situation: ActSituation) -> [SafeText] {
        let stops: SafeText =
            situation.operations.running.map {
                "The \(OperationWords.title($0.plan)) of \(SafeText($0.leader)) stops as soon as that is safe."
            } ?? "Nothing runs that would stop."
        return [
            stops, "Nobody can start an operation until an admin releases the lever; undrain and cancel still work.",
        ]
    }

    private func releasing(_ situation: ActSituation) -> [SafeText] {
        let engaged = situation.operations.safety.map { OperationWords.lever($0) } ?? "It may not be engaged."
        return [engaged, "Everybody can start operations again; what was stopped does not go on by itself."]
    }
}

extension OperationWords {
    /// Who engaged the lever, when and why.
    static func lever(_ state: SafetyState) -> SafeText {
        let who: SafeText = state.by.map { " by \(SafeText($0))" } ?? ""
        let when: SafeText = state.at.map { " at \(SafeText($0.clockText))" } ?? ""
        let why: SafeText = state.reason.map { ": \(SafeText($0))" } ?? ""
        return "Engaged\(who)\(when)\(why)."
    }
}
