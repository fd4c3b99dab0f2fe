import AdminAPI
import AdminClient
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
        let situation = try await situation(of: fleet)
        let plan = FailoverDrillPlan(in: situation)
        let keeper = ReportKeeper(path: report)
        let process = plan.process(situation.reach)
        // Whatever becomes of the operation, the process goes on.
        defer { process?.goOn(at: .now) }
        let answering = fleet.snapshot.endpoints.filter { plan.workers.contains($0.worker) }
        let guided = GuidedOperation(fleet: fleet, mutation: mutation) { inner in
            DrillFleet(inner, client: fleet.client, endpoints: answering, process: process, keeper: keeper)
        }
        defer { tell(of: keeper) }
        try await guided.carryOut(plan, to: "drill", details: plan.details)
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

    /// Everything that the checks look at.
    private func situation(of fleet: ConnectedFleet) async throws -> DrillSituation {
        let live = fleet.snapshot.endpoints.filter { fleet.fleet.workers[$0.worker]?.isStale == false }
        let redis: RedisReport
        let records: [OperationRecord]
        let safety: SafetyState
        do {
            redis = try await fleet.client.redis(of: live)
            records = try await fleet.desk.operations(limit: Self.recordsLookedAt)
            safety = try await fleet.desk.safety()
        } catch let failure as AdminFailure {
            throw CommandFailure(failure.failure.asAdminError)
        } catch let error as AdminError {
            throw CommandFailure(error)
        }
        let now = UnixTime.now
        return DrillSituation(
            fleet: fleet.fleet, redis: [redis], running: records.first { $0.isUnderWay(at: now) }, safety: safety,
            options: options, reach: mode == .crash ? LocalPrimary.reach(of: redis.primary) : .outOfReach("not asked"),
            now: now)
    }

    /// The one that runs is among the latest.
    private static let recordsLookedAt = 20
}

extension DrillMode: ExpressibleByArgument {}

extension OperationRecord {
    /// A disruptive one that somebody leads.
    fileprivate func isUnderWay(at now: UnixTime) -> Bool {
        plan.kind.isDisruptive && outcome == nil && leaseEndsAt.map { $0 > now } ?? false
    }
}

extension FailoverDrillPlan {
    /// The process that a drill by crash stops, for no longer than the recovery may take.
    fileprivate func process(_ reach: PrimaryReach) -> ProcessStop? {
        switch (options.mode, reach) {
        case (.crash, .process(let id)): ProcessStop(process: id, bound: options.maxRecovery + .seconds(30))
        case (.crash, .outOfReach), (.graceful, _): nil
        }
    }

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
