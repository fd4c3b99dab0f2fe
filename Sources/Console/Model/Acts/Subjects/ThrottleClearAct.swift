import AdminAPI
import ControlPlane
import FleetModel

/// Ends a throttle before its time.
struct ThrottleClearAct: ActSubject {
    let pattern: RoomPattern

    var title: SafeText { ThrottleActWords.clear(SafeText(pattern)) }
    var fields: [ActField] { [.reason] }
    var asksAtOnce: Bool { true }

    func wishes(_ answers: ActAnswers) -> [Wish] {
        [Wish(query: .throttles, audience: .everyone, every: Self.listAge)]
    }

    private static let listAge: Duration = .seconds(5)

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let (lists, _) = try situation.gathered(.throttles) { reply in
            if case .throttles(let list) = reply { list } else { nil }
        }
        let rule = lists.lazy.flatMap(\.value.items).map(\.rule).first { $0.pattern == pattern }
        return ActProposal(
            rule.map(consequences) ?? [],
            objections: rule == nil ? [PlanObjection(.warning, ThrottleActWords.notSet)] : [],
            deed: ThrottleActWords.lets(SafeText(pattern)),
            .clearThrottle(ThrottleClearOrder(pattern: pattern, reason: answers.reason)))
    }

    private func consequences(_ rule: ThrottleRule) -> [SafeText] {
        let (rate, end) = (Figures.messages(rule.ratePerSecond), SafeText(rule.expiresAt.clockText))
        return [ThrottleActWords.held(rate, SafeText(rule.setBy), end)]
            + (rule.reason.map { [ThrottleActWords.because(SafeText($0))] } ?? []) + [ThrottleActWords.passAgain]
    }
}
