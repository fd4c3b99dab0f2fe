import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop drill`: exercises.
struct DrillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill", abstract: "Exercise what must work on a bad day.",
        discussion: """
            Examples:
              gadtop drill failover --dry-run
              gadtop drill failover --reason "quarterly exercise" --report drill.md
            """,
        subcommands: [FailoverDrillCommand.self])
}

/// `gadtop drill failover`
struct FailoverDrillCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "failover", abstract: "Have the Sentinels replace the primary, and measure what it costs.",
        discussion: """
            Looks at everything first; takes a baseline with numbered probe messages from every worker to every \
            worker, \
            through Pub/Sub and through a critical stream; triggers the failover; follows it until every worker \
            receives \
            again by both ways; sees that it holds; and cleans up, however it went. The verdict is PASS when that \
            took no longer than --max-recovery and no critical message was lost or came twice.

            graceful tells a Sentinel to promote a replica. crash stops the primary's process (SIGSTOP) until the \
            others \
            have done without it, and only where that is a process of this machine; a guard has it go on whatever \
            becomes of gadtop.

            Examples:
              gadtop drill failover --dry-run
              gadtop drill failover --reason "quarterly exercise" --report drill.md
              gadtop drill failover --mode crash --max-recovery 30s --report drill.json --yes

            Exit status: 0 passed; 1 failed, aborted or refused; 4 fleet unreachable; 5 denied.
            """)

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    @Option(name: .long, help: "graceful or crash.")
    var mode: DrillMode = .graceful

    @Option(name: .long, help: ArgumentHelp("Longest time until every worker receives again.", valueName: "time"))
    var maxRecovery: DurationOption?

    @Option(name: .long, help: ArgumentHelp("How long to watch before the trigger.", valueName: "time"))
    var baseline: DurationOption?

    @Option(name: .long, help: ArgumentHelp("How long it must hold afterwards.", valueName: "time"))
    var hold: DurationOption?

    @Option(name: .long, help: ArgumentHelp("Probe messages a second, from each worker on each way.", valueName: "n/s"))
    var probeRate: RateOption?

    @Option(
        name: .long, help: ArgumentHelp("Write the report there: JSON for .json, else Markdown.", valueName: "file"),
        completion: .file(extensions: ["md", "json"]))
    var report: String?

    @Flag(name: .long, help: "Go on though replicas are behind.")
    var allowLag = false

    @Flag(name: .long, help: "Go on though the last drill was less than a day ago.")
    var again = false

    @Flag(name: .long, help: "Go on though workers or breakers are not well.")
    var allowUnhealthy = false

    func validate() throws {
        guard maxRecovery.map({ $0.duration <= DrillOptions.longestRecovery }) ?? true else {
            throw ValidationError("--max-recovery is at most \(DrillOptions.longestRecovery.components.seconds) s.")
        }
        guard [baseline, hold].allSatisfy({ $0.map { $0.duration <= DrillOptions.longestWatch } ?? true }) else {
            throw ValidationError(
                "--baseline and --hold are at most \(DrillOptions.longestWatch.components.seconds) s.")
        }
        guard probeRate.map({ (1...ProbeOrder.maximumRate).contains($0.perSecond) }) ?? true else {
            throw ValidationError("--probe-rate is 1 to \(Int(ProbeOrder.maximumRate)) a second.")
        }
    }

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let drill = try await PreparedDrill(options, in: fleet, keeper: ReportKeeper(path: report))
        // Whatever becomes of the operation, the process goes on.
        defer { drill.end() }
        let guided = GuidedOperation(fleet: fleet, mutation: mutation, looks: drill.looks)
        defer { tell(of: drill.keeper) }
        try await guided.carryOut(drill.plan, to: "drill", details: drill.plan.details)
    }

    private func tell(of keeper: ReportKeeper) {
        if let failure = keeper.failure {
            Print.error("gadtop: " + failure)
        } else if let report, keeper.report != nil {
            Print.error("report saved: \(SafeText(report))")
        }
    }

    private var options: DrillOptions {
        var options = DrillOptions(mode: mode, allowLag: allowLag, again: again, allowUnhealthy: allowUnhealthy)
        if let maxRecovery { options.maxRecovery = maxRecovery.duration }
        if let baseline { options.baseline = baseline.duration }
        if let hold { options.hold = hold.duration }
        if let probeRate { options.probeRate = probeRate.perSecond }
        return options
    }
}

extension DrillMode: ExpressibleByArgument {}

extension FailoverDrillPlan {
    /// For `--dry-run -o json`.
    fileprivate var details: [(String, OutputValue)] {
        [
            ("mode", .text(options.mode.rawValue)), ("master", .text(master)), ("primary", .text(primary)),
            ("max_recovery_seconds", .seconds(options.maxRecovery)),
            ("preflight", .list(preflight.map { .record(OutputRecord($0)) })),
        ]
    }
}

extension OutputRecord {
    fileprivate init(_ finding: DrillFinding) {
        let answer: SafeText =
            switch finding.answer {
            case .okay: "okay"
            case .warning: "warning"
            case .refusal: "refusal"
            }
        self.init(fields: [
            ("check", .text(finding.check.rawValue)), ("answer", .text(answer)), ("message", .text(finding.words)),
        ])
    }
}
