import AdminAPI
import ControlPlane
import FleetModel

/// Holds a breaker of one or more workers.
struct BreakerAct: ActSubject {
    let workers: [WorkerID]
    /// The one that was selected.
    let name: BreakerName?

    var title: SafeText { BreakerActWords.title(OperationWords.names(workers)) }

    var fields: [ActField] {
        let (time, most) = (Figures.wait(BreakerLimits.standardTime), Figures.wait(BreakerLimits.longestTime))
        return [
            .choice(
                .breaker, ActFieldWords.breaker, BreakerName.allCases.map(\.rawValue), name?.rawValue ?? ""),
            .choice(.mode, ActFieldWords.mode, BreakerOrder.Mode.allCases.map(\.rawValue)),
            .number(.time, ActFieldWords.time, placeholder: ActFieldWords.standardTime(time, most)),
            .reason,
        ]
    }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        guard let name = try answers.choice(.breaker, of: BreakerName.allCases) else {
            throw ActComplaint(.missing, BreakerActWords.whichBreaker)
        }
        guard let mode = try answers.choice(.mode, of: BreakerOrder.Mode.allCases) else {
            throw ActComplaint(.missing, BreakerActWords.whichMode)
        }
        let time = try answers.duration(.time, upTo: BreakerLimits.longestTime)
        let order = BreakerOrder(name: name, mode: mode, forSeconds: time?.inSeconds, reason: answers.reason)
        var plans: [BreakerPlan] = []
        for worker in workers { plans.append(try situation.plan(order, on: worker)) }
        return proposal(order, plans)
    }

    /// What is said of every worker is said once.
    private func proposal(_ order: BreakerOrder, _ plans: [BreakerPlan]) -> ActProposal {
        var consequences: [SafeText] = []
        for words in plans.flatMap({ $0.consequences.prefix(1) }) + plans.flatMap({ $0.consequences.dropFirst() })
        where !consequences.contains(words) {
            consequences.append(words)
        }
        let (name, mode) = (SafeText(order.name.rawValue), SafeText(order.mode.rawValue))
        return ActProposal(
            consequences, objections: plans.flatMap(\.objections), confirmation: confirmation(plans),
            deed: BreakerActWords.deed(name, mode, OperationWords.names(workers)), .breaker(workers, order))
    }

    private func confirmation(_ plans: [BreakerPlan]) -> ActConfirmation {
        guard let words = plans.lazy.compactMap(\.confirmation).first else { return .yes }
        return .typed(plans.count == 1 ? words : BreakerActWords.several(plans.count))
    }
}

extension ActSituation {
    fileprivate func plan(_ order: BreakerOrder, on worker: WorkerID) throws(ActComplaint) -> BreakerPlan {
        guard let report = fleet.workers[worker]?.sample?.breakers.first(where: { $0.name == order.name }) else {
            throw ActComplaint(.wrong, BreakerActWords.unknown(SafeText(worker)))
        }
        return BreakerPlan(order, on: worker, standing: report)
    }
}
