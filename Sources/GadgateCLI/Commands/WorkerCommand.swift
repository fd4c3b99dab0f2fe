import AdminAPI
import ArgumentParser
import FleetModel
import Foundation
import Gateway
import Logging

/// `gadgate worker`: one worker of a supervisor; not for use by hand.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "One worker process, started by gadgate serve.", shouldDisplay: false)

    @Option var logLevel = Logger.Level.info.rawValue

    func run() async throws {
        ProcessSetup.ignoreBrokenPipes()
        ProcessSetup.leaveTerminalSignalsToSupervisor()
        let lifeline = Lifeline()
        let configuration = try Self.configuration(from: lifeline)
        ProcessSetup.raiseDescriptorLimit()
        ProcessSetup.keepFilesFromOthers()
        var logger = Log.start(label: "gadgate", level: Logger.Level(rawValue: logLevel) ?? .info)
        logger[metadataKey: "worker"] = "\(configuration.worker)"
        let controls = lifeline.hold(logger: logger)
        do {
            try await Self.worker(configuration, logger).run(controls: controls) { [logger] in
                Self.tellSupervisor($0, logger)
            }
        } catch {
            logger.critical("the worker cannot serve", metadata: ["error": "\(error)"])
            throw ExitCode.failure
        }
    }

    private static func worker(_ configuration: WorkerConfiguration, _ logger: Logger) throws -> Worker {
        let redis = try RedisWiring(configuration.redis, worker: configuration.worker, logger: logger)
        return Worker(
            configuration: configuration, backplane: redis.backplane, log: redis.log,
            registration: redis.registration, connections: redis.connections, audit: redis.audit,
            operations: redis.operations, register: redis.register, overseer: redis.overseer, logger: logger)
    }

    private static func configuration(from lifeline: Lifeline) throws -> WorkerConfiguration {
        guard isatty(STDIN_FILENO) == 0, let configuration = try lifeline.configuration() else {
            throw ValidationError("gadgate worker is started by gadgate serve, which tells it what to do")
        }
        return configuration
    }

    private static func tellSupervisor(_ ready: WorkerReady, _ logger: Logger) {
        do {
            let line = try AdminJSON.encode(ready) + [UInt8(ascii: "\n")]
            try FileHandle.standardOutput.write(contentsOf: Data(line))
        } catch {
            // The worker serves all the same; a supervisor that is gone ends it through the lifeline.
            logger.warning("the supervisor was not told that the worker serves", metadata: ["error": "\(error)"])
        }
    }
}
