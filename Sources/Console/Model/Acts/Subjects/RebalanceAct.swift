import ControlPlane
import FleetModel

/// Evens out connections over the workers.
struct RebalanceAct: ActSubject {
    let fleetName: SafeText

    var title: SafeText { "Rebalance \(fleetName)" }

    var fields: [ActField] {
        [
            .reason,
            .number(.tolerance, "Tolerance", placeholder: "10% of the mean"),
            .number(.rate, "Moves/s", placeholder: "by the churn budget, 5% of the fleet a minute"),
            ActField(.rooms, "Rooms", placeholder: "all; or a room, or a prefix with *"),
        ]
    }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        var options = RebalanceOptions(ratePerSecond: try answers.rate(), rooms: try answers.rooms(.rooms))
        if let tolerance = try answers.part(.tolerance) { options.tolerance = tolerance }
        let plan = RebalancePlan(in: situation.fleet, options: options)
        var proposal = ActProposal(plan, deed: "rebalances the fleet", reason: answers.reason)
        if plan.isNothingToDo {
            proposal.objections = plan.consequences.map { PlanObjection(.refusal(option: nil), $0) } + plan.objections
        }
        return proposal
    }
}

extension ActAnswers {
    func rooms(_ name: ActField.Name) throws(ActComplaint) -> RoomPattern? {
        guard let text = self[name] else { return nil }
        guard let pattern = RoomPattern(text) else {
            throw ActComplaint(words: "Rooms are a room's name, or the start of names with * at its end, as ops:*")
        }
        return pattern
    }
}
