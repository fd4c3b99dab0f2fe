import AdminAPI
import FleetModel

/// One objection to a drain, or none: plans ask every check and show every answer.
package struct DrainObjection: Sendable, Equatable {
    package enum Severity: Sendable, Equatable {
        /// Said to the operator; the drain may go on.
        case warning
        /// The drain must not start; `override` lets it, if anything does.
        case refusal(override: Override?)
    }

    /// What lets a refused drain start all the same. Each front end names it in its own words: a flag, a longer answer.
    package enum Override: Sendable, Equatable {
        /// `DrainOptions.allowLast`.
        case allowLast
    }

    package let worker: WorkerID
    package let severity: Severity
    package let words: SafeText

    package var isRefusal: Bool {
        switch severity {
        case .warning: false
        case .refusal: true
        }
    }
}

/// The checks a worker passes before it is drained, in the order in which their answers are shown.
enum DrainCheck: CaseIterable {
    case known, answering, notDraining, notLast, capacity, reachableDeadline

    func objection(to worker: WorkerID, in situation: DrainSituation) -> DrainObjection? {
        switch self {
        case .known: known(worker, situation)
        case .answering: answering(worker, situation)
        case .notDraining: notDraining(worker, situation)
        case .notLast: notLast(worker, situation)
        case .capacity: capacity(worker, situation)
        case .reachableDeadline: reachableDeadline(worker, situation)
        }
    }

    private func known(_ worker: WorkerID, _ situation: DrainSituation) -> DrainObjection? {
        guard situation.fleet.workers[worker] == nil else { return nil }
        let names = situation.fleet.ordered.map { SafeText($0.id).text }.joined(separator: ", ")
        return refusal(worker, "no worker \(worker) in this fleet; it has: \(SafeText(names))")
    }

    private func answering(_ worker: WorkerID, _ situation: DrainSituation) -> DrainObjection? {
        guard let record = situation.fleet.workers[worker], record.isStale || record.sample == nil else { return nil }
        return refusal(worker, "\(worker) does not answer; look at its process and log before draining it")
    }

    private func notDraining(_ worker: WorkerID, _ situation: DrainSituation) -> DrainObjection? {
        guard let drain = situation.sample(of: worker)?.drain else { return nil }
        let step = SafeText(drain.phase.rawValue)
        let who = SafeText(drain.requestedBy)
        return refusal(worker, "\(worker) is being drained already (\(step), by \(who)); undrain it first")
    }

    private func notLast(_ worker: WorkerID, _ situation: DrainSituation) -> DrainObjection? {
        guard situation.recipients.isEmpty else { return nil }
        let words: SafeText = "no active worker would be left to take the clients of \(worker)"
        if situation.options.allowLast { return DrainObjection(worker: worker, severity: .warning, words: words) }
        return refusal(worker, words, override: .allowLast)
    }

    private func capacity(_ worker: WorkerID, _ situation: DrainSituation) -> DrainObjection? {
        let free = situation.recipients.reduce(0) { $0 + max(0, $1.maxFDs - $1.openFDs) }
        guard !situation.recipients.isEmpty, situation.leaving > free else { return nil }
        return DrainObjection(
            worker: worker, severity: .warning,
            words: "the others can open \(Figures.exact(free)) more descriptors, "
                + "\(Figures.exact(situation.leaving)) clients will come")
    }

    private func reachableDeadline(_ worker: WorkerID, _ situation: DrainSituation) -> DrainObjection? {
        guard let sample = situation.sample(of: worker), let rate = situation.options.ratePerSecond,
            let deadline = situation.options.deadline, rate > 0
        else { return nil }
        let window = deadline.inSeconds * DrainOptions.closingShare
        guard Double(sample.connections) > rate * window else { return nil }
        let needed = Figures.exact(Figures.whole((Double(sample.connections) / window).rounded(.up)))
        let connections = Figures.exact(sample.connections)
        return refusal(
            worker, "\(connections) connections cannot be closed in time: it takes \(needed)/s, or a later deadline")
    }

    private func refusal(_ worker: WorkerID, _ words: SafeText, override: DrainObjection.Override? = nil)
        -> DrainObjection
    {
        DrainObjection(worker: worker, severity: .refusal(override: override), words: words)
    }
}

/// What the checks look at.
struct DrainSituation {
    let fleet: Fleet
    let targets: Set<WorkerID>
    let options: DrainOptions

    func sample(of worker: WorkerID) -> WorkerSample? { fleet.workers[worker]?.sample }

    /// Active workers that stay and take the clients.
    var recipients: [WorkerSample] {
        fleet.ordered.filter { !$0.isStale && !targets.contains($0.id) }.compactMap(\.sample)
            .filter { $0.state == .active }
    }

    var leaving: Int { targets.reduce(0) { $0 + (sample(of: $1)?.connections ?? 0) } }
}
