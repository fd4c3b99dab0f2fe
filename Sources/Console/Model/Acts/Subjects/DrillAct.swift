import AdminAPI
import ControlPlane
import FleetModel

/// Has the Sentinels replace the primary, and measures what it costs.
///
/// Whoever carries it out looks at everything once more and makes the plan anew: only then can be seen whether a
/// primary that is to be stopped is a process of this machine.
struct DrillAct: ActSubject {
    var title: SafeText { DrillActWords.title }

    var fields: [ActField] {
        let standard = DrillOptions()
        return [
            .reason, .choice(.mode, ActFieldWords.mode, DrillMode.allCases.map(\.rawValue)),
            .number(
                .maximumRecovery, ActFieldWords.maximumRecovery,
                placeholder: ActFieldWords.atMost(Figures.wait(standard.maxRecovery))),
            .number(
                .baseline, ActFieldWords.baseline, placeholder: ActFieldWords.lasting(Figures.wait(standard.baseline))),
            .number(.hold, ActFieldWords.hold, placeholder: ActFieldWords.lasting(Figures.wait(standard.hold))),
            .number(
                .rate, ActFieldWords.probesPerSecond,
                placeholder: ActFieldWords.fromEachWorker(Figures.messages(standard.probeRate))),
        ]
    }

    func wishes(_ answers: ActAnswers) -> [Wish] {
        [Wish(query: .redis, audience: .anyone, every: Self.lookAge)]
    }

    private static let lookAge: Duration = .seconds(5)

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        let options = try answers.drillOptions()
        let (reports, _) = try situation.gathered(.redis) { reply in
            if case .redis(let report) = reply { report } else { nil }
        }
        let plan = FailoverDrillPlan(
            in: DrillSituation(
                fleet: situation.fleet, redis: reports.map(\.value), running: situation.operations.running,
                safety: situation.operations.safety ?? SafetyState(engaged: false, reason: nil), options: options,
                reach: .unseen,
                now: situation.now))
        var proposal = ActProposal(plan, deed: DrillActWords.begins, reason: answers.reason)
        proposal.request = .drill(options, of: plan.master, reason: answers.reason)
        return proposal
    }
}

extension ActAnswers {
    fileprivate func drillOptions() throws(ActComplaint) -> DrillOptions {
        var options = DrillOptions(
            mode: try choice(.mode, of: DrillMode.allCases) ?? .graceful, allowLag: overrides.contains("allow-lag"),
            again: overrides.contains("again"), allowUnhealthy: overrides.contains("allow-unhealthy"))
        if let time = try duration(.maximumRecovery, upTo: DrillOptions.longestRecovery) { options.maxRecovery = time }
        if let time = try duration(.baseline, upTo: DrillOptions.longestWatch) { options.baseline = time }
        if let time = try duration(.hold, upTo: DrillOptions.longestWatch) { options.hold = time }
        guard let rate = try rate() else { return options }
        guard (1...ProbeOrder.maximumRate).contains(rate) else { throw ActComplaint(.wrong, DrillActWords.badRate) }
        options.probeRate = rate
        return options
    }
}
