import ArgumentParser
import FleetModel
import Foundation

/// The command line of gadgate.
package struct GadgateCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "gadgate",
        abstract: "A WebSocket gateway of several worker processes on Redis.",
        discussion: """
            Clients connect to ws://HOST:PORT/ws/connect and join rooms; messages reach them from any worker and \
            from Redis. Workers are watched with gadtop, or with curl --unix-socket RUN_DIR/WORKER.sock.
            """,
        version: "gadgate \(Version.current)",
        subcommands: [ServeCommand.self, CheckCommand.self, ScriptCommand.self, WorkerCommand.self])

    package init() {}

    /// Wrong usage, as in the contract of gadtop's commands.
    private static let usageStatus: Int32 = 2

    /// Runs the command that the arguments name, and ends the process.
    package static func launch() async -> Never {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            Foundation.exit(0)
        } catch let error as SettingError where error.isOfFlag {
            FileHandle.standardError.write(Data("Error: \(error)\n".utf8))
            Foundation.exit(usageStatus)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
            Foundation.exit(usageStatus)
        }
    }
}
