import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop drain WORKER…`
struct DrainCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Move every client off workers, at a bounded rate.",
        discussion: """
            A drained worker accepts nothing new, tells its clients to reconnect elsewhere, closes those that stay, \
            and \
            then waits to be stopped or undrained. Several workers are drained one after the other. Without --rate and \
            --deadline, no more than 5% of the fleet's clients move in a minute, or five a second where that is more.

            Examples:
              gadtop drain gw1-w2
              gadtop drain gw1-w2 --rate 16/s --reason "kernel update"
              gadtop drain gw1-w0 gw1-w1 --deadline 5m --yes -o json
              gadtop drain gw1-w0 gw1-w1 gw1-w2 --parallel 2 --keep 60%
              gadtop drain gw1-w2 --dry-run

            Exit status: 0 every worker is drained; 1 none is, or it was refused; 3 some are; 4 fleet unreachable; \
            5 denied.
            """)

    @OptionGroup var targets: TargetArguments
    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    @Option(name: .long, help: ArgumentHelp("Closes a second on each worker.", valueName: "n/s"))
    var rate: RateOption?

    @Option(
        name: .long, help: ArgumentHelp("Have each worker done within this time, such as 90s or 5m.", valueName: "time")
    )
    var deadline: DurationOption?

    @Option(name: .long, help: ArgumentHelp("Drain so many workers at the same time.", valueName: "n"))
    var parallel = 1

    @Option(
        name: .long,
        help: ArgumentHelp("Part of the active workers' capacity that stays active all the while.", valueName: "part"))
    var keep = PartOption(DrainOptions.standardKeep)

    @Flag(name: .long, help: "Drain even if no active worker is left to take the clients.")
    var allowLast = false

    func validate() throws {
        guard (1...Self.mostParallel).contains(parallel) else {
            throw ValidationError("--parallel is a number of workers from 1 to \(Self.mostParallel).")
        }
    }

    private static let mostParallel = 1_000

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let chosen = try targets.resolve(among: fleet.snapshot.endpoints)
        let plan = DrainPlan(of: chosen.map(\.worker), in: fleet.fleet, options: options)
        try await GuidedOperation(fleet: fleet, mutation: mutation).carryOut(plan, to: "drain", details: plan.details)
    }

    private var options: DrainOptions {
        DrainOptions(
            ratePerSecond: rate?.perSecond, deadline: deadline?.duration, reason: mutation.reason,
            allowLast: allowLast, keep: keep.part, parallel: parallel)
    }
}

extension DrainPlan {
    /// What `--dry-run -o json` has to add.
    fileprivate var details: [(String, OutputValue)] {
        [
            ("connections", .integer(leaving)),
            ("recipients", .list(recipients.map { .worker($0) })),
            ("duration_seconds", .seconds(duration)),
            ("planned_churn_per_minute", .number(plannedChurnPerMinute)),
        ]
    }
}
