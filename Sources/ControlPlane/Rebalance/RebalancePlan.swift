import AdminAPI
import FleetModel

/// What a rebalance will do, made from a snapshot before anything is touched.
package struct RebalancePlan: Sendable, Equatable {
    /// A worker's part in it.
    package struct Share: Sendable, Equatable {
        package let worker: WorkerID
        package let connections: Int
        /// To give, or to take.
        package let count: Int
        /// From the mean, as a part of it.
        package let deviation: Double
    }

    package let options: RebalanceOptions
    /// Above the mean.
    package let donors: [Share]
    /// Below the mean.
    package let recipients: [Share]
    /// Workers that take no part, each with the reason.
    package let leftOut: [(worker: WorkerID, words: SafeText)]
    /// Connections of a worker once it is done.
    package let mean: Double
    /// How far from the mean, in connections, a worker may be.
    package let slack: Double
    package let settings: RebalanceSettings
    /// By estimate.
    package let duration: Duration
    /// Closes a minute while it lasts, as a part of the fleet's connections; 0.05 for 5%.
    package let plannedChurnPerMinute: Double
    package let operation: OperationPlan
    package let objections: [PlanObjection]

    package init(in fleet: Fleet, options: RebalanceOptions) {
        let roster = RebalanceRoster(fleet, rooms: options.rooms)
        let balance = Balance(roster.participants.map { Double($0.load) }, tolerance: options.tolerance)
        let isEven = roster.participants.allSatisfy { balance.tolerates(Double($0.load)) }
        self.options = options
        (mean, slack) = (balance.mean, balance.slack)
        leftOut = roster.leftOut.map { ($0.worker, $0.words) }
        donors = isEven ? [] : Self.shares(roster, balance) { $0.rounded(.down) }
        recipients = isEven ? [] : Self.shares(roster, balance) { (-$0).rounded(.up) }
        let moves = donors.reduce(0) { $0 + $1.count }
        let fleetSize = Swift.max(fleet.totals.connections, 1)
        let rate = options.ratePerSecond ?? Self.standardRate(for: fleetSize)
        duration = moves == 0 ? .zero : Self.time(for: moves, at: rate) + Self.returnTime
        plannedChurnPerMinute = Double(moves) / Swift.max(duration.inSeconds / 60, 1) / Double(fleetSize)
        settings = RebalanceSettings(
            workers: roster.participants.map(\.worker), moves: moves, ratePerSecond: rate,
            deadline: options.deadline ?? duration * 2 + RebalanceOptions.spareTime, options)
        operation = OperationPlan(.rebalance, on: donors.map(\.worker), settings.parameters, in: fleet)
        objections = RebalanceCheck.objections(
            RebalanceSituation(
                fleet: fleet, roster: roster, settings: settings, duration: duration, recipients: recipients,
                churnPerMinute: plannedChurnPerMinute))
    }

    /// Every worker is within tolerance already.
    package var isNothingToDo: Bool { donors.isEmpty }

    /// What takes longer than any operation may is refused, however much longer it is.
    private static func time(for moves: Int, at rate: Double) -> Duration {
        let longest = DrainLimits.longestDeadline.inSeconds
        return .seconds(rate > 0 ? Swift.min(Double(moves) / rate, longest) : longest)
    }

    /// The last client that was told still has to leave and to come back.
    private static let returnTime: Duration = .seconds(3)

    /// What the churn budget allows, over all workers.
    static func standardRate(for connections: Int) -> Double {
        // Rounded down to a hundredth, for it is read by people.
        (ChurnBudget.rate(connections: connections) * 100).rounded(.down) / 100
    }

    /// Those whose difference from the mean makes at least one connection, the largest first.
    private static func shares(
        _ roster: RebalanceRoster, _ balance: Balance, count: (Double) -> Double
    ) -> [Share] {
        roster.participants.compactMap { participant in
            let surplus = balance.surplus(of: Double(participant.load))
            let whole = Int(count(surplus))
            guard whole > 0 else { return nil }
            return Share(
                worker: participant.worker, connections: participant.load, count: whole,
                deviation: balance.deviation(of: Double(participant.load)))
        }.sorted { ($1.count, $0.worker) < ($0.count, $1.worker) }
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.operation == right.operation && left.objections == right.objections
    }
}

extension RebalancePlan: PlannedOperation {
    /// A rebalance moves clients of several workers at once: the word is typed, not a name.
    package var confirmation: SafeText? { say("rebalance", "rebalancear") }

    package var consequences: [SafeText] {
        guard !isNothingToDo else { return [evenWords] }
        let (rate, churn) = (Figures.rate(settings.ratePerSecond), Figures.tenths(percent: plannedChurnPerMinute))
        let (givers, takers) = (Self.list(donors), Self.list(recipients))
        let (moves, even) = (Figures.exact(settings.moves), Figures.exact(Figures.whole(mean)))
        let (time, deadline) = (Figures.wait(duration), Figures.wait(settings.deadline))
        return [
            say(
                "\(givers) give \(moves)\(whatMoves) and accept no new ones meanwhile.",
                "\(givers) dan \(moves)\(whatMoves) y mientras tanto no aceptan nuevas."),
            say(
                "\(takers) take them; each worker ends at about \(even).",
                "\(takers) las reciben; cada worker queda con unas \(even)."),
            say(
                "Done in about \(time) at \(rate)/s, and stopped after \(deadline).",
                "Listo en unos \(time) a \(rate)/s, y detenido a los \(deadline)."),
            say("Churn will read \(churn)/min, marked planned.", "El churn marcará \(churn)/min, como planificado."),
        ]
    }

    package func machine() -> any OperationMachine {
        RebalanceMachine(settings, operation: operation.identifier)
    }

    private var whatMoves: SafeText {
        options.rooms.map {
            say(
                " connections of the rooms \(SafeText($0.description))",
                " conexiones de las salas \(SafeText($0.description))")
        } ?? say(" connections", " conexiones")
    }

    private var evenWords: SafeText {
        let what: SafeText =
            options.rooms.map {
                say("in the rooms \(SafeText($0.description)), ", "en las salas \(SafeText($0.description)), ")
            } ?? ""
        let (bound, even) = (Figures.exact(Figures.whole(slack)), Figures.exact(Figures.whole(mean)))
        return say(
            "Nothing to balance: \(what)every worker is within \(bound) connections of the mean of \(even).",
            "Nada que equilibrar: \(what)cada worker está a menos de \(bound) conexiones de la media de \(even).")
    }

    /// Such as `gw1-w0 (700, +180%) and gw1-w2 (300, +20%)`.
    private static func list(_ shares: [Share]) -> SafeText {
        let words = shares.map {
            "\($0.worker) (\(Figures.exact($0.connections)), \(Figures.signedPercent($0.deviation)))" as SafeText
        }
        return SafeText(words.map(\.text).joined(separator: ", "))
    }
}

extension OperationPlan {
    /// What the operation is called; empty for a plan that cannot be written, which no worker takes either.
    fileprivate var identifier: String {
        // The start of an operation reports the same failure in words.
        (try? hash).map { Self.operationID(planHash: $0) } ?? ""
    }
}
