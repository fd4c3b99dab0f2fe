import ControlPlane
import FleetModel

/// Drains workers, one after the other unless told otherwise.
struct DrainAct: ActSubject {
    let workers: [WorkerID]

    var title: SafeText { WorkerActWords.drain(OperationWords.names(workers)) }

    var fields: [ActField] {
        [
            .reason,
            .number(.rate, ActFieldWords.closesPerSecond, placeholder: ActFieldWords.byChurnBudget),
            .number(.deadline, ActFieldWords.deadline, placeholder: ActFieldWords.asPlanned),
        ]
    }

    func plan(_ answers: ActAnswers, _ situation: ActSituation) throws(ActComplaint) -> ActProposal {
        var options = DrainOptions(
            ratePerSecond: try answers.rate(), deadline: try answers.duration(.deadline), reason: answers.reason,
            allowLast: answers.overrides.contains("allow-last"))
        if let keep = answers.overriddenKeep { options.keep = keep }
        let plan = DrainPlan(of: workers, in: situation.fleet, options: options)
        return ActProposal(
            plan, deed: WorkerActWords.drains(OperationWords.names(workers)), reason: answers.reason)
    }
}

extension ActAnswers {
    /// The part of the capacity that `keep 40%` leaves; nil where the standard part stays.
    fileprivate var overriddenKeep: Double? {
        overrides.compactMap { option in
            let words = option.text.split(separator: " ")
            guard words.count == 2, words[0] == "keep", words[1].hasSuffix("%") else { return nil }
            return Double(words[1].dropLast()).map { $0 / 100 }
        }.min()
    }
}
