import AdminAPI
import AdminClient
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop throttle`
struct ThrottleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "throttle", abstract: "Hold the messages of rooms to a rate, in the whole fleet, for a while.",
        discussion: """
            A pattern is a room's name in which * stands for anything. Clients of each worker may publish their \
            worker's share of the rate; more is refused with the error "throttled". What backends publish in Redis is \
            delivered up to the rate. Critical rooms are left alone, unless an admin overrides that.

            Examples:
              gadtop throttle set 'citizen:*' --rate 200/s --for 15m --reason "flood"
              gadtop throttle set citizen:news --rate 5/s --dry-run
              gadtop throttle list -o wide
              gadtop throttle clear 'citizen:*'
            """,
        subcommands: [SetThrottleCommand.self, ListThrottlesCommand.self, ClearThrottleCommand.self])
}

extension RoomPattern: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

/// `gadtop throttle set PATTERN`
struct SetThrottleCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set the throttle of a pattern, or change it.",
        discussion: """
            Examples:
              gadtop throttle set 'citizen:*' --rate 200/s --for 15m --reason "flood"
              gadtop throttle set citizen:news --rate 5/s --dry-run
            """)

    @Argument(help: "Rooms: a name in which * stands for anything. Quote it.")
    var pattern: RoomPattern

    @Option(name: .long, help: ArgumentHelp("Messages a second in the whole fleet.", valueName: "n/s"))
    var rate: RateOption

    @Option(name: .customLong("for"), help: ArgumentHelp("It ends by itself then: 10m, 1d at most.", valueName: "time"))
    var time: DurationOption?

    @Flag(name: .long, help: "Hold critical rooms to it too; needs the role admin.")
    var overrideCritical = false

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func validate() throws {
        guard ThrottleLimits.rates.contains(rate.perSecond) else {
            throw ValidationError("--rate is from 0.01/s to 1000000/s.")
        }
        guard (time?.duration).map({ $0 <= ThrottleLimits.longestTime }) ?? true else {
            throw ValidationError("--for is a day at most; what holds for longer belongs into gadgate.yaml (classes).")
        }
    }

    func execute() async throws {
        let fleet = try await ActFleet.open(fleetOptions)
        let (previews, silent): ([(worker: WorkerID, value: ThrottlePreview)], [WorkerID]) = try await fleet.all(
            .throttlePreview, query: "pattern=" + AdminRequest.encoded(pattern.rawValue))
        let plan = ThrottlePlan(order, previews: previews.map(\.value), silent: silent)
        let run = ActRun(plan: plan, mutation: mutation)
        guard try run.isConfirmed(to: "throttle \(SafeText(pattern))", details(plan)) else { return }
        try await fleet.throttle(order, silent: silent).tell(as: mutation.output)
    }

    private var order: ThrottleOrder {
        ThrottleOrder(
            pattern: pattern, ratePerSecond: rate.perSecond, forSeconds: time?.duration.inSeconds,
            overrideCritical: overrideCritical ? true : nil, reason: mutation.reason)
    }

    private func details(_ plan: ThrottlePlan) -> [(String, OutputValue)] {
        [
            ("pattern", .text(SafeText(pattern))), ("rate_per_second", .number(rate.perSecond)),
            ("duration_seconds", .seconds(plan.time)), ("rooms", .integer(plan.rooms)),
            ("connections", .integer(plan.connections)),
        ]
    }
}

/// `gadtop throttle clear PATTERN`
struct ClearThrottleCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "clear", abstract: "End a throttle.",
        discussion: """
            Examples:
              gadtop throttle clear 'citizen:*'
              gadtop throttle clear citizen:news --yes -o json
            """)

    @Argument(help: "As it was set.")
    var pattern: RoomPattern

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        let fleet = try await ActFleet.open(fleetOptions)
        if mutation.dryRun {
            let words: SafeText = "\(SafeText(pattern)) would be throttled no more."
            let record = OutputRecord(fields: [
                ("operation", .text("throttle")), ("dry_run", .boolean(true)), ("pattern", .text(SafeText(pattern))),
            ])
            return Print.output(mutation.output == .json ? record.json : words.text)
        }
        if !mutation.yes { try Confirmation.yes(to: "Let messages of \(SafeText(pattern)) pass again") }
        try await fleet.clear(ThrottleClearOrder(pattern: pattern, reason: mutation.reason)).tell(as: mutation.output)
    }
}
