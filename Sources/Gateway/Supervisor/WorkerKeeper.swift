import AdminAPI
import FleetModel
import Glibc
import Logging
import Subprocess

/// Keeps one place of the fleet filled with a worker process: starts it, watches it, starts it again, stops it.
actor WorkerKeeper {
    private let configuration: WorkerConfiguration
    private let executable: String
    private let logLevel: Logger.Level
    private let logger: Logger
    private let start = ContinuousClock.now

    private var lifecycle = WorkerLifecycle()
    /// Sends a signal to the process that runs; nil between two lives.
    private var send: (@Sendable (Signal) throws -> Void)?
    /// Ends the pause between two lives.
    private var wake: AsyncStream<Void>.Continuation?

    init(configuration: WorkerConfiguration, executable: String, logger: Logger) {
        self.configuration = configuration
        self.executable = executable
        logLevel = logger.logLevel
        var named = logger
        named[metadataKey: "worker"] = "\(configuration.worker)"
        self.logger = named
    }

    /// Returns once the place is to stay empty.
    func run() async {
        var action = lifecycle.due()
        while action != .finish {
            switch action {
            case .start: action = await live()
            case .startAfter(let pause):
                await sleep(pause)
                action = lifecycle.due()
            case .none, .terminate, .kill, .finish: action = .finish
            }
        }
    }

    /// Asks the worker to drain and leave; asked twice, the worker leaves without draining.
    func stop() {
        perform(lifecycle.stop())
    }

    func giveUp() {
        perform(lifecycle.giveUp())
    }

    private var now: Duration { start.duration(to: .now) }

    private func perform(_ action: WorkerLifecycle.Action) {
        switch action {
        case .terminate: signal(.terminate)
        case .kill: signal(.kill)
        case .finish: wake?.finish()
        case .start, .startAfter, .none: break
        }
    }

    private func signal(_ signal: Signal) {
        do {
            try send?(signal)
        } catch {
            // The process ended a moment ago, and its end is on its way here.
            logger.debug("the signal found no process", metadata: ["error": "\(error)"])
        }
    }

    private func sleep(_ pause: Duration) async {
        let (woken, wake) = AsyncStream<Void>.makeStream()
        self.wake = wake
        await withTaskGroup(of: Void.self) { group in
            // Cancelled when woken: the pause has no other end to report.
            group.addTask { try? await Task.sleep(for: pause) }
            group.addTask { for await _ in woken {} }
            await group.next()
            group.cancelAll()
        }
        self.wake = nil
    }
}

// MARK: - One life

extension WorkerKeeper {
    /// Runs one process from start to end.
    private func live() async -> WorkerLifecycle.Action {
        do {
            let status = try await spawn()
            send = nil
            let action = lifecycle.exited(now: now)
            report(status, action)
            return action
        } catch {
            send = nil
            logger.error("the worker process could not be started", metadata: ["error": "\(error)"])
            return lifecycle.exited(now: now)
        }
    }

    private func spawn() async throws -> TerminationStatus {
        let line = try AdminJSON.encode(configuration) + [UInt8(ascii: "\n")]
        let process = Configuration(
            executable: .path(.init(executable)), arguments: ["worker", "--log-level", logLevel.rawValue],
            environment: .inherit.updating(Self.crashReports))
        // The pipe to its standard input stays open until this process or the worker ends: it is the lifeline.
        let result = try await Subprocess.run(
            process, input: .inputWriter, output: .sequence,
            error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        ) { execution in
            adopt { try execution.send(signal: $0) }
            _ = try await execution.standardInputWriter.write(line)
            for try await line in execution.standardOutput.strings(bufferingPolicy: .maxLineLength(Self.longestLine)) {
                noteReady(line, pid: execution.processIdentifier.value)
            }
        }
        return result.terminationStatus
    }

    /// A worker that crashes keeps its port until its report is written. Reports without symbols take tens of
    /// milliseconds instead of seconds; whoever wants them whole sets the variable.
    private static var crashReports: [Environment.Key: String?] {
        guard getenv("SWIFT_BACKTRACE") == nil else { return [:] }
        return ["SWIFT_BACKTRACE": "symbolicate=off,threads=crashed,registers=none,interactive=no"]
    }

    /// A worker writes one line on its standard output.
    private static let longestLine = 4_096

    private func adopt(_ send: @escaping @Sendable (Signal) throws -> Void) {
        self.send = send
        perform(lifecycle.started(now: now))
    }

    private func noteReady(_ line: String, pid: Int32) {
        // Whatever else a worker may print is not for us.
        guard let ready = try? AdminJSON.decode(WorkerReady.self, from: Array(line.utf8)) else { return }
        logger.info(
            "worker up",
            metadata: [
                "pid": "\(pid)", "shared_port": "\(ready.sharedPort)", "worker_port": "\(ready.workerPort)",
                "admin": "\(ready.adminSocket)",
            ])
    }

    private func report(_ status: TerminationStatus, _ action: WorkerLifecycle.Action) {
        switch action {
        case .start: logger.error("worker ended; starting it again", metadata: ["status": "\(status)"])
        case .startAfter(let pause):
            logger.error(
                "worker ended again; waiting before it is started",
                metadata: ["status": "\(status)", "wait": "\(pause)"])
        case .finish: logger.info("worker left", metadata: ["status": "\(status)"])
        case .none, .terminate, .kill: break
        }
    }
}
