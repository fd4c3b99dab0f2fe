import AdminAPI
import ControlPlane
import FleetModel

/// Holds the messages of rooms to a rate.
struct ThrottleAct: ActSubject {
    /// Of the rooms that were selected; empty where none were.
    let pattern: String

    var title: SafeText { ThrottleActWords.title }

    var fields: [ActField] {
        let (time, most) = (Figures.wait(ThrottleLimits.standardTime), Figures.wait(ThrottleLimits.longestTime))
        return [
            ActField(.pattern, ActFieldWords.rooms, placeholder: ActFieldWords.patternExample, pattern).askedAbout(),
            .number(.rate, ActFieldWords.messagesPerSecond, placeholder: ActFieldWords.inWholeFleet),
            .number(.time, ActFieldWords.time, placeholder: ActFieldWords.standardTime(time, most)),
            .reason,
        ]
    }

    func wishes(_ answers: ActAnswers) -> [Wish] {
        guard let pattern = answers[.pattern].flatMap({ RoomPattern($0) }) else { return [] }
        return [Wish(query: .throttlePreview(pattern), audience: .everyone, every: Self.previewAge)]
    }

    /// Clients come and go while a form is filled in; what it says may be so old.
    private static let previewAge: Duration = .seconds(5)

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let order = try order(answers)
        let (previews, silent) = try situation.gathered(.throttlePreview(order.pattern)) { reply in
            if case .throttlePreview(let preview) = reply { preview } else { nil }
        }
        let plan = ThrottlePlan(order, previews: previews.map(\.value), silent: silent)
        var proposal = ActProposal(
            plan, deed: ThrottleActWords.throttles(SafeText(order.pattern)), .throttle(plan))
        if !situation.operations.may(.admin) { proposal.objections = proposal.objections.map(\.final) }
        return proposal
    }

    private func order(_ answers: ActAnswers) throws(ActComplaint) -> ThrottleOrder {
        let pattern = try answers.pattern()
        guard let rate = try answers.rate() else { throw ActComplaint(.missing, ThrottleActWords.whichRate) }
        guard ThrottleLimits.rates.contains(rate) else { throw ActComplaint(.wrong, ThrottleActWords.badRate) }
        let time = try answers.duration(.time, upTo: ThrottleLimits.longestTime)
        return ThrottleOrder(
            pattern: pattern, ratePerSecond: rate, forSeconds: time?.inSeconds,
            overrideCritical: answers.overrides.contains("override-critical") ? true : nil, reason: answers.reason)
    }
}

extension ActAnswers {
    fileprivate func pattern() throws(ActComplaint) -> RoomPattern {
        guard let text = self[.pattern] else { throw ActComplaint(.missing, ThrottleActWords.whichRooms) }
        guard let pattern = RoomPattern(text) else { throw ActComplaint(.wrong, ThrottleActWords.notAPattern) }
        return pattern
    }
}

extension PlanObjection {
    /// For whoever may not override it.
    fileprivate var final: PlanObjection {
        isRefusal ? PlanObjection(.refusal(option: nil), worker: worker, words) : self
    }
}
