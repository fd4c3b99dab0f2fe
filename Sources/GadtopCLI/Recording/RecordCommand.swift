import ArgumentParser
import Console
import FleetModel
import FoundationEssentials
import Recording

/// `gadtop record`: writes what a console would be told to a file.
struct RecordCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "record", abstract: "Record the fleet to a file, for gadtop replay.",
        discussion: """
            Records every sample and event of the workers, and asks them every 10 s or slower what the console's pages \
            show beyond those. The file is only ever appended to, and can be read while it grows, and after a crash. \
            When it is as large or as old as --size and --age allow, its oldest part goes.

            Examples:
              gadtop record night.gadrec --context prod
              gadtop record incident.gadrec --duration 30m
              gadtop record always.gadrec --size 2G --age 14d
              gadtop replay night.gadrec --at 03:15
            """)

    @Argument(help: ArgumentHelp("The file; one that is a recording is continued.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("What all parts of it may take: 512M, 2G.", valueName: "size"))
    var size = SizeOption(.mebibytes(512))

    @Option(help: ArgumentHelp("How far back it may go: 12h, 7d.", valueName: "time"))
    var age = DurationOption(.seconds(7 * 86_400))

    @Option(help: ArgumentHelp("Stop after so long; without it, at Ctrl-C.", valueName: "time"))
    var duration: DurationOption?

    @OptionGroup var fleet: FleetOptions

    func execute() async throws {
        let environment = ProcessInfo.processInfo.environment
        let source = try fleet.choice.source(environment: environment)
        let name = try fleet.choice.consoleFleet(environment: environment).name
        let policy = RecordingPolicy(size: size.size, age: age.duration)
        let desk = try RecordingDesk(path: file, fleet: name, policy: policy)
        let run = try RecordingRun(source, to: desk, file: file, limit: duration?.duration)
        try await run.run()
    }
}
