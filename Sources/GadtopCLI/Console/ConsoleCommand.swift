import ArgumentParser
import FoundationEssentials

/// `gadtop` without a verb: the console.
struct ConsoleCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console on the fleet; what gadtop does without a command.",
        discussion: "Press ? in the console for its keys, q to leave.")

    @OptionGroup var fleet: FleetOptions

    func execute() async throws {
        let environment = ProcessInfo.processInfo.environment
        let runner = try ConsoleRunner(try fleet.source(environment: environment), environment: environment)
        runner.run()
    }
}
