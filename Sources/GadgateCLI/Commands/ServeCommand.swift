import ArgumentParser
import Foundation
import Gateway
import Logging

/// `gadgate serve`: supervises a fleet of workers.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve clients with supervised worker processes.",
        discussion: """
            SIGTERM drains the workers and stops; a second SIGTERM stops now. SIGHUP reads the file and the \
            certificate again: what it can apply, it does, without closing a connection; it says what needs a restart. \
            Who may connect must be said: with --jwt-secret-file, or with --insecure-anonymous for development.
            """)

    @OptionGroup var options: ServeOptions

    func run() async throws {
        ProcessSetup.ignoreBrokenPipes()
        let source = ConfigurationSource(options, machine: .current)
        let configuration = try source.read()
        try configuration.checkCertificates()
        let logger = Log.start(label: "gadgate", level: configuration.logLevel)
        for warning in configuration.warnings { warning.log(to: logger) }
        let supervisor = Supervisor(
            configuration: configuration.fleet, executable: try Self.executablePath(),
            reload: { try source.reload(running: configuration, inForce: $0) }, logger: logger)
        try await supervisor.run()
    }

    /// This program itself, however it was found.
    private static func executablePath() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}
