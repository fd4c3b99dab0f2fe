import ArgumentParser
import FoundationEssentials

/// `gadtop` without a verb: the console.
struct ConsoleCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Open the console on the fleet; what gadtop does without a command.",
        discussion: "Press ? in the console for its keys, q to leave.")

    @OptionGroup var fleet: FleetOptions

    @Flag(name: .long, help: "Keep nothing of the session to look back at (key R).")
    var noHistory = false

    func execute() async throws {
        try Self.open(fleet.choice, keepsHistory: !noHistory)
    }

    @MainActor
    static func open(_ choice: FleetChoice, keepsHistory: Bool = true) throws {
        let environment = ProcessInfo.processInfo.environment
        let source = try choice.source(environment: environment)
        try ConsoleRunner(
            source, named: choice.name(of: source), environment: environment, keepsHistory: keepsHistory
        ).run()
    }
}
