import FleetModel
import Logging
import Subprocess

/// Keeps one place of the fleet filled with a worker process: starts it, watches it, starts it again, stops it.
actor WorkerKeeper {
    /// With the policy in force: the next life begins with it.
    private(set) var configuration: WorkerConfiguration
    let executable: String
    let logger: Logger
    private let start = ContinuousClock.now

    var lifecycle = WorkerLifecycle()
    var watchdog: Watchdog
    /// Processes of this place that hung and were killed.
    var hangs = 0
    /// Sends a signal to the process that runs; nil between two lives.
    var send: (@Sendable (Signal) throws -> Void)?
    /// Takes lines for the process that runs; nil between two lives.
    var controls: AsyncStream<ControlLine>.Continuation?
    /// Ends the pause between two lives.
    private var wake: AsyncStream<Void>.Continuation?

    /// - Parameter watchdog: how long a process may be silent; zero lets it be.
    init(configuration: WorkerConfiguration, executable: String, watchdog: Duration, logger: Logger) {
        self.configuration = configuration
        self.watchdog = Watchdog(patience: watchdog)
        self.executable = executable
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

    /// Brings the policy that holds from here on, in this life and the next ones.
    func apply(_ policy: GatewayPolicy) {
        configuration.policy = policy
        controls?.yield(.policy(policy))
    }

    /// Has the process read the certificate of its port again; one that starts later does that anyway.
    func reloadCertificates() {
        controls?.yield(.reloadCertificates)
    }

    var now: Duration { start.duration(to: .now) }

    func perform(_ action: WorkerLifecycle.Action) {
        switch action {
        case .terminate: signal(.terminate)
        case .kill: signal(.kill)
        case .finish: wake?.finish()
        case .start, .startAfter, .none: break
        }
    }

    func signal(_ signal: Signal) {
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
