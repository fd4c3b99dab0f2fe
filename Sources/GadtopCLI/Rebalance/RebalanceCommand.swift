import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop rebalance`
struct RebalanceCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebalance", abstract: "Move clients from workers that have many to those that have few.",
        discussion: """
            Workers above the mean accept nobody new and have clients leave, at a bounded rate, until every worker is \
            within tolerance. It is planned again every second from live counts, never moves more clients than the \
            plan \
            says, and has all workers accept again at its end, however it ends. Without --rate it keeps within the \
            churn budget of 5% of the fleet a minute, or of five clients a second where that is more.

            Examples:
              gadtop rebalance
              gadtop rebalance --dry-run
              gadtop rebalance --tolerance 5% --rate 50/s --deadline 10m --max-p99 250ms
              gadtop rebalance --rooms 'gov:*' --yes -o json
            """)

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    @Option(name: .long, help: ArgumentHelp("How far from the mean a worker may be.", valueName: "percent"))
    var tolerance = PercentOption(RebalanceOptions.standardTolerance)

    @Option(name: .long, help: ArgumentHelp("Clients moved a second, over all workers.", valueName: "n/s"))
    var rate: RateOption?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Balance the clients of this room; with * at the end, of rooms whose names begin so.", valueName: "pattern")
    )
    var rooms: RoomPatternOption?

    @Option(name: .long, help: ArgumentHelp("Stop after this time, such as 90s or 5m.", valueName: "time"))
    var deadline: DurationOption?

    @Option(
        name: .customLong("max-p99"),
        help: ArgumentHelp("Stop when the fleet's p99 stays above this, such as 250ms.", valueName: "time"))
    var maxP99: LatencyOption?

    @Option(name: .long, help: ArgumentHelp("Stop when the fleet has more errors than this.", valueName: "n/s"))
    var maxErrors: RateOption?

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let seen = if let pattern = rooms?.pattern { await fleet.fleet(counting: pattern) } else { fleet.fleet }
        let plan = RebalancePlan(in: seen, options: options)
        if plan.isNothingToDo && !plan.isRefused { return printEven(plan) }
        try await GuidedOperation(fleet: fleet, mutation: mutation)
            .carryOut(plan, to: "rebalance", details: plan.details)
    }

    private var options: RebalanceOptions {
        RebalanceOptions(
            tolerance: tolerance.part, ratePerSecond: rate?.perSecond, rooms: rooms?.pattern,
            deadline: deadline?.duration, maximumLatency: maxP99?.duration,
            maximumErrorsPerSecond: maxErrors?.perSecond)
    }

    /// That there is nothing to do is a success too.
    private func printEven(_ plan: RebalancePlan) {
        for line in plan.objections { Print.error("warning: " + line.words.text) }
        switch mutation.output {
        case .text: Print.output(plan.consequences.map(\.text).joined(separator: "\n"))
        case .json:
            Print.output(
                OutputRecord(
                    fields: [("operation", .text("rebalance")), ("outcome", .text("nothing_to_balance"))] + plan.details
                ).json)
        }
    }
}

extension RebalancePlan {
    fileprivate var details: [(String, OutputValue)] {
        [
            ("mean", .number(mean)),
            ("tolerated_difference", .number(slack)),
            ("moves", .integer(settings.moves)),
            ("donors", .list(donors.map { .record(OutputRecord($0)) })),
            ("recipients", .list(recipients.map { .record(OutputRecord($0)) })),
            ("left_out", .list(leftOut.map { .worker($0.worker) })),
            ("duration_seconds", .seconds(duration)),
            ("planned_churn_per_minute", .number(plannedChurnPerMinute)),
        ]
    }
}

extension OutputRecord {
    fileprivate init(_ share: RebalancePlan.Share) {
        self.init(fields: [
            ("id", .worker(share.worker)), ("connections", .integer(share.connections)),
            ("count", .integer(share.count)), ("deviation", .number(share.deviation)),
        ])
    }
}
