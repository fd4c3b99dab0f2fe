import ArgumentParser
import FleetModel
import LoadGenerator
import Logging
import Telemetry

/// `gadload run`: one run, from the first connection to the report.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Connect clients, publish to their rooms, and report what came of it.",
        discussion: """
            Progress goes to standard error once a second, the report to standard output at the end. SIGINT and \
            SIGTERM stop publishing, let what is on its way arrive, and give the report; a second one ends at once.

            Messages published while a client is away between two connections, and those that were on their way when \
            a connection closed, are counted apart from lost ones. Of rooms that the gateway keeps in a stream, \
            clients resume where they were, and everything since counts as lost that is not replayed, but for what \
            the gateway says it could not recover.

            Exit status: 0 every client got in and was there at the end, everything was published as asked, and \
            nothing was lost, doubled, out of order or misrouted, nor declared not recovered in a critical room; 1 \
            not so, or the run broke off; 2 wrong usage; 4 no client got in, or there was no way to publish.
            """)

    @OptionGroup(title: "Clients") var clients: ClientOptions
    @OptionGroup(title: "Rooms") var rooms: RoomOptions
    @OptionGroup(title: "Publishing") var publishing: PublishingOptions
    @OptionGroup(title: "Trouble") var trouble: TroubleOptions
    @OptionGroup(title: "Report") var report: ReportOptions

    @Flag(help: "Stop as with SIGTERM when standard input ends, so that the run does not outlive whoever started it.")
    var lifeline = false

    func validate() throws { _ = try options() }

    func run() async throws {
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: .warning) }
        let stop = StopSignal()
        let watch = StopWatch(stop: stop, lifeline: lifeline)
        defer { watch.end() }
        do {
            try report.end(with: try await perform(stop))
        } catch let refusal as LoadRefusal {
            Output.error("gadload: \(refusal)")
            throw ExitStatus(refusal).code
        }
    }

    private func perform(_ stop: StopSignal) async throws -> LoadReport {
        var logger = Logger(label: "gadload")
        logger.logLevel = .warning
        let program = LoadRun.Program(
            executable: try OwnExecutable.path(), arguments: [ClientProcessCommand.name])
        let run = LoadRun(try options(), program: program, stop: stop, logger: logger)
        let meter = ProgressMeter(asked: clients.count)
        return try await run.perform(mint: JWTMint(), announce: announce) { Output.error(meter.line($0)) }
    }

    private func announce(_ plan: LoadPlan) {
        guard plan.processes.count > 1 else { return }
        Output.error(
            "\(clients.count) clients in \(plan.processes.count) processes, each of which could have "
                + "\(plan.clientsPerProcess) by its limit on open files")
    }

    private func options() throws -> LoadOptions {
        var options = LoadOptions(
            targets: clients.urls, rooms: try rooms.names(), publishing: try publishing.way())
        clients.apply(to: &options)
        rooms.apply(to: &options)
        try publishing.apply(to: &options)
        try trouble.apply(to: &options)
        options.serverPIDs = report.serverPIDs
        return options
    }
}
