import ArgumentParser
import Foundation
import Gateway
import Logging

/// `gadgate serve`: supervises a fleet of workers.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve clients with supervised worker processes.",
        discussion: """
            SIGTERM drains the workers and stops; a second SIGTERM stops now. Who may connect must be said: with \
            --jwt-secret-file, or with --insecure-anonymous for development.
            """)

    @OptionGroup var options: ServeOptions

    func run() async throws {
        ProcessSetup.ignoreBrokenPipes()
        let machine = Machine.current
        let settings = try Settings(
            flags: options.texts, environment: machine.environment, file: try fileSettings(machine))
        let logger = Log.start(label: "gadgate", level: try Log.level(settings))
        let configuration = try FleetConfiguration(settings, machine: machine)
        if configuration.common.authentication == .anonymous {
            logger.warning(
                "--insecure-anonymous: everyone on this machine is let in without a token",
                metadata: ["host": "\(configuration.common.host)"])
        }
        try await Supervisor(configuration: configuration, executable: try Self.executablePath(), logger: logger).run()
    }

    private func fileSettings(_ machine: Machine) throws -> [Setting: GivenValue] {
        guard let path = options.config ?? machine.environment[Setting.fileVariable] else { return [:] }
        let source = options.config == nil ? "environment variable \(Setting.fileVariable)" : "--config"
        do {
            return try SettingsFile.read(String(decoding: machine.read(path), as: UTF8.self), path: path)
        } catch let error as SystemError {
            throw SettingError("\(source): \(path) cannot be read: \(error)")
        }
    }

    /// This program itself, however it was found.
    private static func executablePath() throws -> String {
        try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    }
}
