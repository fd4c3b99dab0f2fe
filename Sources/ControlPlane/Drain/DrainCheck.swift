import AdminAPI
import FleetModel

/// The checks a worker passes before it is drained, in the order in which their answers are shown.
enum DrainCheck: CaseIterable {
    case known, answering, notDraining, notLast, descriptors, reachableDeadline

    func objection(to worker: WorkerID, in situation: DrainSituation) -> PlanObjection? {
        switch self {
        case .known: known(worker, situation)
        case .answering: answering(worker, situation)
        case .notDraining: notDraining(worker, situation)
        case .notLast: notLast(worker, situation)
        case .descriptors: descriptors(worker, situation)
        case .reachableDeadline: reachableDeadline(worker, situation)
        }
    }

    private func known(_ worker: WorkerID, _ situation: DrainSituation) -> PlanObjection? {
        guard situation.fleet.workers[worker] == nil else { return nil }
        let names = SafeText(situation.fleet.ordered.map { SafeText($0.id).text }.joined(separator: ", "))
        return refusal(
            worker,
            say(
                "no worker \(worker) in this fleet; it has: \(names)",
                "no hay worker \(worker) en esta flota; tiene: \(names)"))
    }

    private func answering(_ worker: WorkerID, _ situation: DrainSituation) -> PlanObjection? {
        guard let record = situation.fleet.workers[worker], record.isStale || record.sample == nil else { return nil }
        return refusal(
            worker,
            say(
                "\(worker) does not answer; look at its process and log before draining it",
                "\(worker) no responde; mire su proceso y su log antes de drenarlo"))
    }

    private func notDraining(_ worker: WorkerID, _ situation: DrainSituation) -> PlanObjection? {
        guard let drain = situation.sample(of: worker)?.drain else { return nil }
        let step = SafeText(drain.phase.rawValue)
        let who = SafeText(drain.requestedBy)
        return refusal(
            worker,
            say(
                "\(worker) is being drained already (\(step), by \(who)); undrain it first",
                "\(worker) ya se está drenando (\(step), por \(who)); deshaga antes su drenaje"))
    }

    private func notLast(_ worker: WorkerID, _ situation: DrainSituation) -> PlanObjection? {
        guard situation.recipients.isEmpty else { return nil }
        let words = say(
            "no active worker would be left to take the clients of \(worker)",
            "no quedaría ningún worker activo para los clientes de \(worker)")
        if situation.options.allowLast { return PlanObjection(.warning, worker: worker, words) }
        return refusal(worker, words, option: "allow-last")
    }

    private func descriptors(_ worker: WorkerID, _ situation: DrainSituation) -> PlanObjection? {
        let free = situation.recipients.reduce(0) { $0 + max(0, $1.maxFDs - $1.openFDs) }
        guard !situation.recipients.isEmpty, situation.leaving > free else { return nil }
        let (more, leaving) = (Figures.exact(free), Figures.exact(situation.leaving))
        return PlanObjection(
            .warning, worker: worker,
            say(
                "the others can open \(more) more descriptors, \(leaving) clients will come",
                "los demás pueden abrir \(more) descriptores más, y vendrán \(leaving) clientes"))
    }

    /// The worker would refuse the order, in the same cases.
    private func reachableDeadline(_ worker: WorkerID, _ situation: DrainSituation) -> PlanObjection? {
        guard let sample = situation.sample(of: worker), let rate = situation.ratePerSecond,
            DrainLimits.allows(ratePerSecond: rate)
        else { return nil }
        let deadline = situation.options.deadline ?? DrainLimits.longestDeadline
        if situation.options.deadline == nil {
            guard DrainLimits.deadline(connections: sample.connections, ratePerSecond: rate) == nil else { return nil }
        } else {
            guard !DrainLimits.canClose(sample.connections, ratePerSecond: rate, within: deadline) else { return nil }
        }
        let needed = Figures.exact(DrainLimits.rate(closing: sample.connections, within: deadline))
        let later: SafeText =
            situation.options.deadline == nil ? "" : say(", or a later deadline", ", o un plazo más largo")
        let connections = Figures.exact(sample.connections)
        return refusal(
            worker,
            say(
                "\(connections) connections cannot be closed in time: it takes \(needed)/s\(later)",
                "\(connections) conexiones no se pueden cerrar a tiempo: hacen falta \(needed)/s\(later)"))
    }

    private func refusal(_ worker: WorkerID, _ words: SafeText, option: SafeText? = nil) -> PlanObjection {
        PlanObjection(.refusal(option: option), worker: worker, words)
    }
}

/// The checks of a whole drain.
enum DrainOptionsCheck: CaseIterable {
    case rate, deadline, parallel, capacity

    func objection(in situation: DrainSituation) -> PlanObjection? {
        switch self {
        case .rate: rate(situation.options)
        case .deadline: deadline(situation.options)
        case .parallel: parallel(situation.options)
        case .capacity: capacity(situation)
        }
    }

    private func rate(_ options: DrainOptions) -> PlanObjection? {
        guard let rate = options.ratePerSecond, !DrainLimits.allows(ratePerSecond: rate) else { return nil }
        let most = Figures.exact(Int(DrainLimits.highestRate))
        return refusal(
            say(
                "the rate is not a number of closes a second above 0 and up to \(most)",
                "el ritmo no es un número de cierres por segundo mayor que 0 y hasta \(most)"))
    }

    private func deadline(_ options: DrainOptions) -> PlanObjection? {
        guard let deadline = options.deadline, !DrainLimits.allows(deadline: deadline) else { return nil }
        let most = Figures.span(DrainLimits.longestDeadline)
        return refusal(
            say("the deadline is not above 0 and up to \(most)", "el plazo no es mayor que 0 y hasta \(most)"))
    }

    private func parallel(_ options: DrainOptions) -> PlanObjection? {
        options.parallel >= 1
            ? nil : refusal(say("at least one worker is drained at a time", "se drena al menos un worker a la vez"))
    }

    private func capacity(_ situation: DrainSituation) -> PlanObjection? {
        let (stays, all) = (situation.stayingCapacity, situation.activeCapacity)
        guard !situation.recipients.isEmpty, Double(stays) < situation.keptCapacity else { return nil }
        let part = Double(stays) / Double(max(all, 1))
        let (left, kept) = (Figures.percent(part), Figures.percent(situation.options.keep))
        return PlanObjection(
            .refusal(option: "keep \(Figures.whole((part * 100).rounded(.down)))%"),
            say(
                "\(left) of the active workers' capacity would stay, and \(kept) is to be kept",
                "quedaría \(left) de la capacidad de los workers activos, y debe quedar \(kept)"))
    }

    private func refusal(_ words: SafeText) -> PlanObjection { PlanObjection(.refusal(option: nil), words) }
}

/// What the checks look at.
struct DrainSituation {
    let fleet: Fleet
    let targets: Set<WorkerID>
    let options: DrainOptions

    func sample(of worker: WorkerID) -> WorkerSample? { fleet.workers[worker]?.sample }

    /// Active workers that stay and take the clients.
    var recipients: [WorkerSample] { active.filter { !targets.contains($0.worker) } }

    var leaving: Int { targets.reduce(0) { $0 + (sample(of: $1)?.connections ?? 0) } }

    /// What each worker is told: as given, or where neither rate nor deadline is, what the churn budget allows.
    var ratePerSecond: Double? {
        if options.ratePerSecond != nil || options.deadline != nil { return options.ratePerSecond }
        return DrainOptions.rate(
            fleetConnections: fleet.totals.connections, parallel: min(options.parallel, targets.count))
    }

    var activeCapacity: Int { active.reduce(0) { $0 + $1.capacity } }
    var stayingCapacity: Int { recipients.reduce(0) { $0 + $1.capacity } }
    /// Who drains the last worker keeps nothing.
    var keptCapacity: Double { options.allowLast ? 0 : options.keep * Double(activeCapacity) }

    private var active: [WorkerSample] {
        fleet.ordered.filter { !$0.isStale }.compactMap(\.sample).filter { $0.state == .active }
    }
}

extension WorkerSample {
    /// How many clients a worker can hold, for want of a better measure; one worker at least counts as one.
    var capacity: Int { max(maxFDs, 1) }
}
