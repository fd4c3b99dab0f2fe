import AdminAPI
import FleetModel

/// What a drain will do, made from a snapshot before anything is touched: the console, the command line and scripts
/// show this and send this.
package struct DrainPlan: Sendable, Equatable {
    package let targets: [WorkerID]
    package let options: DrainOptions
    /// Connections on the targets, all of which leave.
    package let leaving: Int
    /// Active workers that take them.
    package let recipients: [WorkerID]
    /// From the start until the last connection has left, by estimate.
    package let duration: Duration
    /// Closes a minute while it lasts, as a part of the fleet's connections; 0.05 for 5%.
    package let plannedChurnPerMinute: Double
    package let objections: [DrainObjection]

    package init(of targets: [WorkerID], in fleet: Fleet, options: DrainOptions) {
        let situation = DrainSituation(fleet: fleet, targets: Set(targets), options: options)
        self.targets = targets
        self.options = options
        leaving = situation.leaving
        recipients = situation.recipients.map(\.worker)
        duration = Self.duration(of: targets, situation)
        let minutes = max(duration.inSeconds / 60, 1)
        plannedChurnPerMinute = Double(leaving) / minutes / Double(max(fleet.totals.connections, 1))
        objections = targets.flatMap { target in
            DrainCheck.allCases.compactMap { $0.objection(to: target, in: situation) }
        }
    }

    package var isRefused: Bool { objections.contains(where: \.isRefusal) }

    /// What each target is asked.
    package var request: DrainRequest {
        DrainRequest(
            ratePerSecond: options.ratePerSecond, deadlineSeconds: options.deadline?.inSeconds, reason: options.reason)
    }

    /// What the operator types to say that this, and not something else, is meant.
    package var confirmation: SafeText {
        targets.count == 1 ? SafeText(targets[0]) : "drain \(targets.count) workers"
    }

    /// The consequences, one sentence a line, before the question.
    package var consequences: [SafeText] {
        let names = SafeText(targets.map { SafeText($0).text }.joined(separator: ", "))
        let takers = SafeText(recipients.map { SafeText($0).text }.joined(separator: ", "))
        let churn = Figures.tenths(percent: plannedChurnPerMinute)
        return [
            "\(names): nothing new is accepted, \(Figures.exact(leaving)) connections leave.",
            recipients.isEmpty ? "Nobody takes them: clients stay away." : "They reconnect to \(takers).",
            "Done in about \(Figures.wait(duration)): clients are told first, stragglers closed \(rateWords).",
            "Churn will read \(churn)/min, marked planned.",
        ]
    }

    private var rateWords: SafeText {
        guard let rate = options.ratePerSecond else { return "evenly until the deadline" }
        return "at no more than \(Figures.exact(Figures.whole(rate.rounded(.up))))/s"
    }

    private static func duration(of targets: [WorkerID], _ situation: DrainSituation) -> Duration {
        if let deadline = situation.options.deadline { return deadline }
        guard let rate = situation.options.ratePerSecond, rate > 0 else { return DrainOptions.standardDeadline }
        let most = targets.compactMap { situation.sample(of: $0)?.connections }.max() ?? 0
        return .microseconds(Int64((Double(most) / rate / DrainOptions.closingShare * 1e6).rounded(.up)))
    }
}
