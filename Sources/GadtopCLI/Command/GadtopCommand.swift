import AdminClient
import ArgumentParser
import FleetModel
import Glibc

/// `gadtop`: without a verb, the console.
package struct GadtopCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "gadtop",
        abstract: "See and operate a fleet of gadgate workers.",
        usage: """
            gadtop [--run-dir <dir> | --redis <url> | --context <name> …] [--read-only]
            gadtop <subcommand> …
            """,
        discussion: """
            Without a command, opens the console on the fleet.

            The fleet is found by --run-dir, --redis or --context; without any of them, in gadgate's own default \
            directory ($XDG_RUNTIME_DIR/gadgate, or /tmp/gadgate-<uid>).

            Examples:
              gadtop                       the console on the local gateway
              gadtop --context a --context b    two fleets in one table
              gadtop demo                  try everything, on a fleet of its own
              gadtop get workers -o json | jq '.[].connections'
              gadtop record night.gadrec   and later: gadtop replay night.gadrec --at 03:15
              gadtop drain gw1-w2 --deadline 2m --reason "kernel update"
              gadtop undrain gw1-w2

            Exit status: 0 done; 1 refused or failed; 2 wrong usage; 3 partly done; 4 fleet unreachable; 5 denied.
            """,
        version: versionText,
        subcommands: [
            ConsoleCommand.self, GetCommand.self, DrainCommand.self, UndrainCommand.self, RebalanceCommand.self,
            ThrottleCommand.self, BroadcastCommand.self, BreakerCommand.self, KickCommand.self,
            DrillCommand.self, OperationsCommand.self, SafetyCommand.self, AuditCommand.self, DoctorCommand.self,
            RecordCommand.self, ReplayCommand.self,
            ContextCommand.self, DemoCommand.self,
        ],
        defaultSubcommand: ConsoleCommand.self)

    package init() {}

    static var versionText: String {
        let lines = [
            "gadtop \(Version.current)", "libcurl \(CurlLibrary.version), TLS by \(CurlLibrary.tlsBackend)",
            CurlLibrary.openSSLVersion,
        ]
        return (lines + (CurlLibrary.tlsMismatch.map { ["warning: " + $0] } ?? [])).joined(separator: "\n")
    }
}

/// A command that runs on the main thread, where waiting for a terminal or a person holds nobody up.
protocol MainThreadCommand: ParsableCommand {
    @MainActor func execute() async throws
}

extension GadtopCommand {
    /// Parses the arguments, does what they say, and ends the process with the status that contract names.
    @MainActor
    package static func launch() async -> Never {
        do {
            try await perform(Array(CommandLine.arguments.dropFirst()))
            leave(.done)
        } catch let failure as CommandFailure {
            Print.error("gadtop: " + failure.message)
            leave(failure.status)
        } catch {
            end(with: error)
        }
    }

    @MainActor
    private static func perform(_ arguments: [String]) async throws {
        if let choice = FleetChoice(plainArguments: arguments) { return try ConsoleCommand.open(choice) }
        // For every command alike, and before the first question to a worker.
        if arguments.contains(readOnly) { AdminSession.lower(to: .viewer) }
        // Before a verb the parser would take it for an option of the console.
        let isBeforeVerb =
            arguments.first == readOnly && arguments.dropFirst().first.map { !$0.hasPrefix("-") } ?? false
        var command = try parseAsRoot(isBeforeVerb ? Array(arguments.dropFirst()) : arguments)
        if let mismatch = CurlLibrary.tlsMismatch { Print.error("gadtop: warning: " + mismatch) }
        if let command = command as? any MainThreadCommand {
            try await command.execute()
        } else {
            try command.run()
        }
    }

    private static let readOnly = "--read-only"

    /// Ends the process at once: threads of libcurl and OpenSSL may be at work, and exit(3) would tear those libraries
    /// down under them. The terminal was given back, and everything printed was written, before.
    private static func leave(_ status: ExitStatus) -> Never {
        fflush(nil)
        _exit(status.rawValue)
    }

    /// Help and versions are successes on stdout; anything else was wrong usage.
    private static func end(with error: any Error) -> Never {
        let text = fullMessage(for: error)
        switch exitCode(for: error) {
        case .success:
            Print.output(text)
            leave(.done)
        case .validationFailure:
            Print.error(text)
            leave(.wrongUsage)
        default:
            Print.error(text)
            leave(.failed)
        }
    }
}
