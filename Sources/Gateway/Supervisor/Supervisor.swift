import FleetModel
import Logging
import UnixSignals

/// Starts a fleet's workers, keeps each of them running, and stops them; serves nothing itself.
package struct Supervisor: Sendable {
    /// Reads the configuration again, given the policy in force. It may block: the files are short, and a supervisor
    /// serves nobody meanwhile.
    /// - Throws: an error whose description names the file, the line and the key.
    package typealias Reload = @Sendable (GatewayPolicy) throws -> ConfigurationReload

    private let configuration: FleetConfiguration
    private let executable: String
    private let reload: Reload
    private let logger: Logger

    /// - Parameter executable: the path of the program that `worker` is a subcommand of.
    package init(
        configuration: FleetConfiguration, executable: String, reload: @escaping Reload, logger: Logger
    ) {
        self.configuration = configuration
        self.executable = executable
        self.reload = reload
        self.logger = logger
    }

    /// Runs until SIGTERM or SIGINT, and returns when all workers have left.
    /// - Throws: when a port or the run directory cannot be had; no worker was started then.
    package func run() async throws {
        let reservation = try Preflight(configuration: configuration).pass()
        let leftovers = DeadSockets(directory: configuration.common.runDirectory, node: configuration.common.node)
        leftovers.remove()
        let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup)
        let keepers = (0..<configuration.workers).map { index in
            WorkerKeeper(
                configuration: configuration.worker(index, sharedPort: reservation.port), executable: executable,
                watchdog: configuration.watchdog, logger: logger)
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await obey(signals, keepers) }
            await keep(keepers)
            group.cancelAll()
        }
        // A worker that was killed at the end could not remove its own.
        leftovers.remove()
        // Held until here: a port without listeners refuses, one that is given back may be taken.
        withExtendedLifetime(reservation) {}
    }

    private func keep(_ keepers: [WorkerKeeper]) async {
        await withTaskGroup(of: Void.self) { group in
            for keeper in keepers { group.addTask { await keeper.run() } }
        }
    }
}

// MARK: - Signals

extension Supervisor {
    /// Beyond the deadline of their drain, workers get this long to close what is left and to leave.
    private static let drainMargin: Duration = .seconds(10)
    /// A worker that was told twice gets this long.
    private static let hurriedExit: Duration = .seconds(2)

    private func obey(_ signals: UnixSignalsSequence, _ keepers: [WorkerKeeper]) async {
        await withTaskGroup(of: Void.self) { group in
            var policy = configuration.common.policy
            var stops = 0
            for await signal in signals {
                if signal == .sighup {
                    await reload(&policy, keepers)
                    continue
                }
                stops += 1
                logger.notice("stopping the workers", metadata: ["signal": "\(signal)", "time": "\(stops)"])
                for keeper in keepers { await keeper.stop() }
                let patience = stops == 1 ? configuration.common.shutdownDeadline + Self.drainMargin : Self.hurriedExit
                group.addTask { await giveUp(on: keepers, after: patience) }
            }
            group.cancelAll()
        }
    }

    private func giveUp(on keepers: [WorkerKeeper], after patience: Duration) async {
        do {
            try await Task.sleep(for: patience)
        } catch {
            // All have left in time.
            return
        }
        for keeper in keepers { await keeper.giveUp() }
    }
}

// MARK: - Reload

extension Supervisor {
    /// Reads the configuration again and tells the workers; one that is wrong changes nothing.
    /// - Parameter policy: the one in force.
    private func reload(_ policy: inout GatewayPolicy, _ keepers: [WorkerKeeper]) async {
        do {
            let reload = try reload(policy)
            policy = reload.policy
            for keeper in keepers {
                if !reload.applied.isEmpty { await keeper.apply(policy) }
                if hasCertificates { await keeper.reloadCertificates() }
            }
            report(reload)
        } catch {
            logger.error(
                "the configuration is wrong; the one before stays in force", metadata: ["error": "\(error)"])
        }
    }

    private var hasCertificates: Bool {
        configuration.common.tls != nil || configuration.common.adminListener != nil
    }

    private func report(_ reload: ConfigurationReload) {
        let applied = reload.applied.isEmpty ? "nothing" : reload.applied.joined(separator: ", ")
        logger.notice("configuration reloaded", metadata: ["changed": "\(applied)"])
        guard !reload.needRestart.isEmpty else { return }
        logger.warning(
            "some changed settings are applied by a restart only",
            metadata: ["settings": "\(reload.needRestart.joined(separator: ", "))"])
    }
}
