import AdminAPI
import FleetModel
import Logging
import NIOCore
import NIOPosix
import Telemetry
import UnixSignals

/// One worker process: the data plane, its admin API, its drain and its place in the registry, started and stopped
/// together.
package struct Worker: Sendable {
    private let configuration: WorkerConfiguration
    private let registration: (any WorkerRegistration)?
    let breakers: BreakerBoard
    let logger: Logger
    private let facts: WorkerFacts
    let plane: DataPlane
    private let drain: DrainController
    private let samples: SampleSource
    private let monitor: HealthMonitor
    private let controlLoops: any EventLoopGroup
    private let registrar: ConnectionRegistrar?
    private let clock: SteadyClock

    package init(
        configuration: WorkerConfiguration, backplane: any Backplane, log: (any CriticalLog)?,
        registration: (any WorkerRegistration)?, connections: (any ConnectionRegistration)?, logger: Logger
    ) {
        self.configuration = configuration
        self.registration = registration
        self.logger = logger
        let startedAt = UnixTime.now
        let clock = SteadyClock(startedAt: startedAt)
        let breakers = BreakerBoard(policy: configuration.policy.breakers, clock: clock, logger: logger)
        self.breakers = breakers
        facts = WorkerFacts(
            worker: configuration.worker, node: configuration.node, pid: getpid(), startedAt: startedAt)
        let health = HealthSlot()
        let loops = MultiThreadedEventLoopGroup(numberOfThreads: configuration.loops)
        let watch = RedisWatch(clock: clock)
        let plane = DataPlane(
            configuration: DataPlaneConfiguration(configuration), loops: Array(loops.makeIterator()),
            backplane: WatchedBackplane(backplane, worker: configuration.worker, watch: watch, breakers: breakers),
            log: log.map { WatchedLog($0, watch: watch) }, breakers: breakers, routes: { await health.answer($0) },
            logger: logger)
        drain = DrainController(target: plane, clock: clock, logger: logger)
        let monitor = HealthMonitor(
            worker: configuration.worker, breakers: breakers, redis: watch, clock: clock, logger: logger,
            policy: { plane.policy }, pulse: { plane.pulse() }, degrade: { await plane.degrade(to: $0) })
        self.monitor = monitor
        samples = SampleSource(facts: facts, drain: drain, clock: clock, vitals: { monitor.vitals }) {
            await plane.snapshot()
        }
        health.open(HealthRoutes(samples: samples, monitor: monitor))
        self.plane = plane
        self.clock = clock
        registrar = connections.map {
            ConnectionRegistrar(
                registration: $0, plane: plane, worker: configuration.worker, breakers: breakers, logger: logger)
        }
        // Admin requests must be answered also while the loops of the clients are busy.
        controlLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    }

    /// Serves until SIGTERM, then drains and returns; a second SIGTERM ends the drain.
    /// - Parameters:
    ///   - controls: what the supervisor tells it meanwhile.
    ///   - onReady: called once, when both ports and the admin socket take requests.
    package func run(
        controls: AsyncStream<ControlLine>, onReady: @escaping @Sendable (WorkerReady) -> Void
    ) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigterm)
        // Two waits take turns at it, which a sequence of signals does not allow.
        let (stops, told) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingOldest(2))
        await registrar?.prepare()
        try await plane.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await drain.run() }
            group.addTask { await lookAfterClients() }
            group.addTask { await monitor.run(samples: samples) }
            group.addTask { try await serveAdmin(onReady: onReady) }
            if let registration { group.addTask { await register(with: registration) } }
            group.addTask { await obey(controls) }
            group.addTask { for await _ in signals { told.yield() } }
            group.addTask { await stopWhenTold(by: stops) }
            // Only two of them end by themselves: the signal, and an admin socket that cannot be bound.
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}

// MARK: - Parts

extension Worker {
    private func serveAdmin(onReady: @escaping @Sendable (WorkerReady) -> Void) async throws {
        let socket = AdminSocket(directory: configuration.runDirectory, worker: configuration.worker)
        let server = AdminServer(
            socket: socket, identity: { await identity() }, samples: samples, monitor: monitor, drain: drain,
            directory: plane, loops: controlLoops, logger: logger,
            onListening: {
                onReady(
                    WorkerReady(
                        sharedPort: plane.sharedPort, workerPort: plane.workerPort, adminSocket: socket.path))
            })
        defer { unlink(socket.path) }
        try await server.run()
    }

    /// What is done for clients besides serving them: their place in the registry, and a look at how they come and go.
    private func lookAfterClients() async {
        await withTaskGroup(of: Void.self) { group in
            if let registrar { group.addTask { await registrar.run() } }
            while !Task.isCancelled {
                await plane.observe(at: clock.now, logger: logger)
                // Cancellation ends the loop.
                try? await Task.sleep(for: DataPlane.observationInterval)
            }
        }
    }

    private func identity() async -> WorkerIdentity {
        WorkerIdentity(
            worker: facts.worker, node: facts.node, version: Version.current, pid: facts.pid,
            startedAt: facts.startedAt, sharedPort: plane.sharedPort, workerPort: plane.workerPort,
            state: await drain.state)
    }

    private func register(with registration: any WorkerRegistration) async {
        let socket = AdminSocket(directory: configuration.runDirectory, worker: configuration.worker)
        let loop = RegistrationLoop(
            registration: registration,
            entry: {
                RegistrationEntry(
                    worker: facts.worker, node: facts.node, state: await drain.state, version: Version.current,
                    adminAddress: socket.path)
            }, logger: logger)
        await loop.run()
    }
}

// MARK: - Stopping

extension Worker {
    /// How much longer than its deadline a drain may take before what is left is closed together.
    private static let lastMoment: Duration = .seconds(1)

    private func stopWhenTold(by stops: AsyncStream<Void>) async {
        await next(of: stops)
        if Task.isCancelled { return }
        logger.notice("stopping", metadata: ["deadline": "\(configuration.shutdownDeadline)"])
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await drainForGood() }
            group.addTask { await next(of: stops) }
            // Cancellation means that one of the others was first.
            group.addTask { try? await Task.sleep(for: configuration.shutdownDeadline + Self.lastMoment) }
            await group.next()
            group.cancelAll()
        }
        await plane.stop()
    }

    private func next(of stops: AsyncStream<Void>) async {
        var iterator = stops.makeAsyncIterator()
        await iterator.next()
    }

    private func drainForGood() async {
        guard configuration.shutdownDeadline > .zero else { return }
        do {
            try await drain.shutDown(requestedBy: "SIGTERM", deadline: configuration.shutdownDeadline)
        } catch {
            logger.error("no drain before the stop", metadata: ["error": "\(error)"])
        }
    }
}
