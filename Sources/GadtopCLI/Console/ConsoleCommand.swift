import ArgumentParser
import FoundationEssentials

/// `gadtop` without a verb: the console.
struct ConsoleCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console on the fleet; what gadtop does without a command.",
        discussion: "Press ? in the console for its keys, q to leave.")

    @OptionGroup var fleet: FleetOptions

    @OptionGroup var look: ConsoleOptions

    @Flag(name: .long, help: "Keep nothing of the session to look back at (key R).")
    var noHistory = false

    func execute() async throws {
        try Self.open(fleet.choice, look.values, keepsHistory: !noHistory)
    }

    @MainActor
    static func open(
        _ choice: FleetChoice, _ options: ConsoleOptionValues = ConsoleOptionValues(), keepsHistory: Bool = true
    ) throws {
        let environment = ProcessInfo.processInfo.environment
        let fleet = try choice.consoleFleet(environment: environment)
        try ConsoleRunner(fleet, options: options, environment: environment, keepsHistory: keepsHistory).run()
    }
}
