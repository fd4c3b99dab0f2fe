import AdminAPI
import FleetModel
import Glibc
import Logging
import Subprocess

extension WorkerKeeper {
    /// Runs one process from start to end.
    func live() async -> WorkerLifecycle.Action {
        do {
            let status = try await spawn()
            forget()
            let action = lifecycle.exited(now: now)
            report(status, action)
            return action
        } catch {
            forget()
            logger.error("the worker process could not be started", metadata: ["error": "\(error)"])
            return lifecycle.exited(now: now)
        }
    }

    private func spawn() async throws -> TerminationStatus {
        let (lines, controls) = AsyncStream<ControlLine>.makeStream(bufferingPolicy: .bufferingNewest(Self.mostWaiting))
        self.controls = controls
        // After this, what is brought into force goes to the stream: nothing falls between the two.
        let first = try Self.encoded(configuration)
        let process = Configuration(
            executable: .path(.init(executable)), arguments: ["worker", "--log-level", logger.logLevel.rawValue],
            environment: .inherit.updating(Self.crashReports))
        // The pipe to its standard input stays open until this process or the worker ends: it is the lifeline.
        let result = try await Subprocess.run(
            process, input: .inputWriter, output: .sequence,
            error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
        ) { execution in
            adopt { try execution.send(signal: $0) }
            let input = execution.standardInputWriter
            _ = try await input.write(first)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await self.pass(on: lines, to: input) }
                group.addTask { await self.watch() }
                let output = execution.standardOutput.strings(bufferingPolicy: .maxLineLength(Self.longestLine))
                for try await line in output { hear(line, pid: execution.processIdentifier.value) }
                group.cancelAll()
            }
        }
        return result.terminationStatus
    }

    /// A worker that reads nothing gets only the last ones once it does: of each kind, the last one counts.
    private static let mostWaiting = 16

    private func pass(on lines: AsyncStream<ControlLine>, to input: StandardInputWriter) async {
        do {
            for await line in lines { _ = try await input.write(Self.encoded(line)) }
        } catch {
            // The process ended a moment ago, and its end is on its way here; the next one begins with all of it.
            logger.debug("the line found no process", metadata: ["error": "\(error)"])
        }
    }

    private static func encoded(_ value: some Encodable) throws -> [UInt8] {
        try AdminJSON.encode(value) + [UInt8(ascii: "\n")]
    }

    private func forget() {
        watchdog.restart()
        send = nil
        controls?.finish()
        controls = nil
    }

    /// A worker that crashes keeps its port until its report is written. Reports without symbols take tens of
    /// milliseconds instead of seconds; whoever wants them whole sets the variable.
    private static var crashReports: [Environment.Key: String?] {
        guard getenv("SWIFT_BACKTRACE") == nil else { return [:] }
        return ["SWIFT_BACKTRACE": "symbolicate=off,threads=crashed,registers=none,interactive=no"]
    }

    /// A worker says in one line that it is up, and then in short ones that it lives.
    private static let longestLine = 4_096

    private func adopt(_ send: @escaping @Sendable (Signal) throws -> Void) {
        self.send = send
        perform(lifecycle.started(now: now))
    }

    private func hear(_ line: String, pid: Int32) {
        noteLife()
        // Only the first line says more than that the worker lives.
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
                metadata: ["status": "\(status)", "wait": "\(Figures.elapsed(pause))"])
        case .finish: logger.info("worker left", metadata: ["status": "\(status)"])
        case .none, .terminate, .kill: break
        }
    }
}
