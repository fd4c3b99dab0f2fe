import AdminAPI
import ArgumentParser
import FleetModel

/// `gadtop safety`
struct SafetyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "safety", abstract: "The lever that stops what runs and blocks what would start, for everyone.",
        discussion: """
            Engaging it cancels the operation that runs. What makes the fleet safer or puts it back, such as an \
            undrain, stays allowed. Only an admin releases it.

            Examples:
              gadtop safety engage --reason "incident 4711" --yes
              gadtop safety status
              gadtop safety release --reason "resolved"
            """,
        subcommands: [EngageSafetyCommand.self, ReleaseSafetyCommand.self, SafetyStatusCommand.self])
}

/// `gadtop safety engage`
struct EngageSafetyCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "engage", abstract: "Stop what runs, and let nothing start.",
        discussion: """
            Examples:
              gadtop safety engage --reason "incident 4711"
              gadtop safety engage --reason "incident 4711" --yes -o json
            """)

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        try await SafetyLever(fleet: fleetOptions, mutation: mutation).set(
            true, to: "Stop what runs on this fleet, and let nothing start")
    }
}

/// `gadtop safety release`
struct ReleaseSafetyCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let operations start again; needs the role admin.",
        discussion: """
            Examples:
              gadtop safety release --reason "resolved"
            """)

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        try await SafetyLever(fleet: fleetOptions, mutation: mutation).set(
            false, to: "Let operations start again on this fleet")
    }
}

/// `gadtop safety status`
struct SafetyStatusCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Print whether the lever is engaged, by whom and why.",
        discussion: """
            Examples:
              gadtop safety status
              gadtop safety status -o json | jq -e .engaged
            """)

    @OptionGroup var fleetOptions: FleetOptions

    @Option(name: .shortAndLong, help: "How to print it: text or json.")
    var output: OutcomeFormat = .text

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let state = try await reading { () throws(AdminError) in try await fleet.desk.safety() }
        Print.output(output == .json ? OutputRecord(state).json : state.line)
    }
}
