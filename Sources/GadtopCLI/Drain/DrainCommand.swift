import AdminAPI
import AdminClient
import ArgumentParser
import ControlPlane
import FleetModel
import FoundationEssentials

/// `gadtop drain WORKER…`
struct DrainCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Move every client off workers, at a bounded rate.",
        discussion: """
            A drained worker accepts nothing new, tells its clients to reconnect elsewhere, closes those that stay, and \
            then waits to be stopped or undrained. Without --rate and --deadline it takes a minute.

            Examples:
              gadtop drain gw1-w2
              gadtop drain gw1-w2 --rate 16/s --reason "kernel update"
              gadtop drain gw1-w0 gw1-w1 --deadline 5m --yes -o json
              gadtop drain gw1-w2 --dry-run
            """)

    @OptionGroup var targets: TargetArguments
    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    @Option(name: .long, help: ArgumentHelp("Closes a second on each worker.", valueName: "n/s"))
    var rate: RateOption?

    @Option(name: .long, help: ArgumentHelp("Be done within this time, such as 90s or 5m.", valueName: "time"))
    var deadline: DurationOption?

    @Flag(name: .long, help: "Drain even if no active worker is left to take the clients.")
    var allowLast = false

    @Flag(name: .long, help: "Return as soon as the workers have taken the order.")
    var noWait = false

    func execute() async throws {
        let source = try fleetOptions.choice.source(environment: ProcessInfo.processInfo.environment)
        let endpoints = try await source.endpoints()
        let chosen = try targets.resolve(among: endpoints)
        var snapshot = FleetSnapshot(of: endpoints, through: try AdminClient())
        await snapshot.sample()
        if snapshot.isUnreachable { throw source.unreachable(snapshot.failures) }
        let plan = DrainPlan(of: chosen.map(\.worker), in: snapshot.fleet, options: options)
        if mutation.dryRun { return try printPlan(plan) }
        try await carryOut(plan, on: chosen, through: snapshot.client)
    }

    private var options: DrainOptions {
        DrainOptions(
            ratePerSecond: rate?.perSecond, deadline: deadline?.duration, reason: mutation.reason, allowLast: allowLast)
    }

    private func printPlan(_ plan: DrainPlan) throws {
        switch mutation.output {
        case .text: Print.output(plan.lines.joined(separator: "\n"))
        case .json: Print.output(OutputRecord(plan).json)
        }
        if plan.isRefused { throw CommandFailure(.failed, "this drain would be refused") }
    }

    @MainActor
    private func carryOut(_ plan: DrainPlan, on endpoints: [AdminEndpoint], through client: AdminClient) async throws {
        for line in plan.lines { Print.error(line) }
        if plan.isRefused {
            throw CommandFailure(.failed, "nothing was done: the drain is refused for the reasons above")
        }
        if !mutation.yes { try Confirmation.type(plan.confirmation, to: "drain") }
        var run = FleetOperation(.drain(plan.request), on: endpoints, through: client)
        await run.start()
        if !noWait { await run.awaitDrained() }
        try run.printOutcome(as: mutation.output)
    }
}

extension DrainPlan {
    /// The consequences and what is to be said against them.
    fileprivate var lines: [String] {
        consequences.map(\.text)
            + objections.map { ($0.isRefusal ? "refused: " : "warning: ") + $0.words.text + $0.remedy.text }
    }
}

extension DrainObjection {
    /// The flag that overrides it.
    fileprivate var remedy: SafeText {
        switch severity {
        case .warning, .refusal(nil): ""
        case .refusal(.allowLast): "; --allow-last drains it all the same"
        }
    }
}

extension OutputRecord {
    /// A plan under `--dry-run`.
    fileprivate init(_ plan: DrainPlan) {
        self.init(fields: [
            ("operation", .text("drain")),
            ("dry_run", .boolean(true)),
            ("workers", .list(plan.targets.map { .worker($0) })),
            ("connections", .integer(plan.leaving)),
            ("recipients", .list(plan.recipients.map { .worker($0) })),
            ("duration_seconds", .seconds(plan.duration)),
            ("planned_churn_per_minute", .number(plan.plannedChurnPerMinute)),
            ("refused", .boolean(plan.isRefused)),
            ("objections", .list(plan.objections.map { .record(OutputRecord($0)) })),
        ])
    }

    private init(_ objection: DrainObjection) {
        self.init(fields: [
            ("worker", .worker(objection.worker)),
            ("refusal", .boolean(objection.isRefusal)),
            ("message", .text(objection.words + objection.remedy)),
        ])
    }
}
