import ControlPlane
import FleetModel

/// Evens out connections over the workers.
struct RebalanceAct: ActSubject {
    let fleetName: SafeText

    var title: SafeText { WorkerActWords.rebalance(fleetName) }

    var fields: [ActField] {
        [
            .reason,
            .number(.tolerance, ActFieldWords.tolerance, placeholder: ActFieldWords.tenPercent),
            .number(.rate, ActFieldWords.movesPerSecond, placeholder: ActFieldWords.byFleetChurn),
            ActField(.rooms, ActFieldWords.rooms, placeholder: ActFieldWords.allRooms),
        ]
    }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        var options = RebalanceOptions(ratePerSecond: try answers.rate(), rooms: try answers.rooms(.rooms))
        if let tolerance = try answers.part(.tolerance) { options.tolerance = tolerance }
        let plan = RebalancePlan(in: situation.fleet, options: options)
        var proposal = ActProposal(plan, deed: WorkerActWords.rebalances, reason: answers.reason)
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
            throw ActComplaint(.wrong, ActFieldWords.badRooms)
        }
        return pattern
    }
}
