import ArgumentParser
import FleetModel

/// `gadload`: loads a WebSocket gateway with clients and messages, and accounts for every one of them.
package struct GadloadCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "gadload",
        abstract: "Loads a gateway with clients and messages, and accounts for every one.",
        version: "gadload \(Version.current)",
        subcommands: [RunCommand.self, ClientProcessCommand.self])

    package init() {}

    /// Parses the command line, runs it, and exits.
    package static func start() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(with: error)
        }
    }

    /// ArgumentParser's own status for wrong usage is 64; ours is 2, as everywhere in this package.
    private static func end(with error: any Error) -> Never {
        let code = exitCode(for: error)
        guard code == .validationFailure else { exit(withError: error) }
        Output.error(fullMessage(for: error))
        exit(withError: ExitStatus.usage.code)
    }
}
