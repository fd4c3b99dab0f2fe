import AdminAPI
import FleetModel

/// What a drain will do, made from a snapshot before anything is touched: the console, the command line and scripts
/// show this and carry out this.
package struct DrainPlan: Sendable, Equatable {
    package let targets: [WorkerID]
    package let options: DrainOptions
    /// Closes a second on each worker; nil where the deadline decides.
    package let ratePerSecond: Double?
    /// Connections on the targets, all of which leave.
    package let leaving: Int
    /// Active workers that take them.
    package let recipients: [WorkerID]
    /// From the start until the last connection has left, by estimate.
    package let duration: Duration
    /// Closes a minute while it lasts, as a part of the fleet's connections; 0.05 for 5%.
    package let plannedChurnPerMinute: Double
    package let objections: [PlanObjection]
    package let operation: OperationPlan

    package init(of targets: [WorkerID], in fleet: Fleet, options: DrainOptions) {
        let situation = DrainSituation(fleet: fleet, targets: Set(targets), options: options)
        self.targets = targets
        self.options = options
        ratePerSecond = situation.ratePerSecond
        leaving = situation.leaving
        recipients = situation.recipients.map(\.worker)
        duration = Self.duration(of: targets, situation)
        let minutes = max(duration.inSeconds / 60, 1)
        plannedChurnPerMinute = Double(leaving) / minutes / Double(max(fleet.totals.connections, 1))
        objections =
            DrainOptionsCheck.allCases.compactMap { $0.objection(in: situation) }
            + targets.flatMap { target in
                DrainCheck.allCases.compactMap { $0.objection(to: target, in: situation) }
            }
        let order = DrainParameters(
            ratePerSecond: situation.ratePerSecond, deadline: options.deadline, parallel: options.parallel,
            keptCapacity: situation.keptCapacity.rounded(.up))
        operation = OperationPlan(.drain, on: targets, order.texts, in: fleet)
    }

    /// What each target is asked.
    package var request: DrainRequest {
        DrainRequest(
            ratePerSecond: ratePerSecond, deadlineSeconds: options.deadline?.inSeconds, reason: options.reason)
    }

    private static func duration(of targets: [WorkerID], _ situation: DrainSituation) -> Duration {
        let longest = targets.map { duration(of: $0, situation) }.max() ?? .zero
        let turns = (targets.count + max(situation.options.parallel, 1) - 1) / max(situation.options.parallel, 1)
        return longest * turns
    }

    /// At most a day: a plan that takes longer is refused.
    private static func duration(of target: WorkerID, _ situation: DrainSituation) -> Duration {
        if let deadline = situation.options.deadline { return min(deadline, DrainLimits.longestDeadline) }
        let connections = situation.sample(of: target)?.connections ?? 0
        guard let rate = situation.ratePerSecond, DrainLimits.allows(ratePerSecond: rate) else {
            return DrainLimits.standardDeadline
        }
        return DrainLimits.deadline(connections: connections, ratePerSecond: rate) ?? DrainLimits.longestDeadline
    }
}

extension DrainPlan: PlannedOperation {
    /// What the operator types to say that this, and not something else, is meant.
    package var confirmation: SafeText? {
        targets.count == 1
            ? SafeText(targets[0]) : say("drain \(targets.count) workers", "drenar \(targets.count) workers")
    }

    /// The consequences, one sentence a line, before the question.
    package var consequences: [SafeText] {
        let names = SafeText(targets.map { SafeText($0).text }.joined(separator: ", "))
        let takers = SafeText(recipients.map { SafeText($0).text }.joined(separator: ", "))
        let churn = Figures.tenths(percent: plannedChurnPerMinute)
        let (count, time) = (Figures.exact(leaving), Figures.wait(duration))
        return [
            say(
                "\(names): nothing new is accepted, \(count) connections leave.",
                "\(names): no se acepta nada nuevo, se van \(count) conexiones."),
            recipients.isEmpty
                ? say("Nobody takes them: clients stay away.", "Nadie las recibe: los clientes quedan afuera.")
                : say("They reconnect to \(takers).", "Se reconectan a \(takers)."),
            say(
                "Done in about \(time): clients are told first, stragglers closed \(rateWords).",
                "Listo en unos \(time): primero se avisa; a los rezagados se los cierra \(rateWords)."),
            say("Churn will read \(churn)/min, marked planned.", "El churn marcará \(churn)/min, como planificado."),
        ] + (targets.count > 1 ? [turnWords] : [])
    }

    package func machine() -> any OperationMachine { DrainMachine(operation, reason: options.reason) }

    private var turnWords: SafeText {
        options.parallel == 1
            ? say("Workers are drained one at a time.", "Los workers se drenan de a uno.")
            : say(
                "Workers are drained \(options.parallel) at a time.", "Los workers se drenan de a \(options.parallel).")
    }

    private var rateWords: SafeText {
        guard let ratePerSecond else {
            return say("evenly until the deadline", "de forma pareja hasta el plazo")
        }
        let rate = Figures.exact(Figures.whole(ratePerSecond.rounded(.up)))
        return say("at no more than \(rate)/s", "a no más de \(rate)/s")
    }
}
