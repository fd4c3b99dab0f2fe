import FleetModel
import Logging
import NIOCore
import NIOPosix

/// One worker process: the data plane, its admin API, its drain and its place in the registry, started and stopped
/// together.
package struct Worker: Sendable {
    let configuration: WorkerConfiguration
    let facts: WorkerFacts
    let clock: SteadyClock
    let logger: Logger
    let plane: DataPlane
    let breakers: BreakerBoard
    let drain: DrainController
    let overseer: (any RedisOverseer)?
    let station: ProbeStation
    let shedding: ShedController
    let monitor: HealthMonitor
    let samples: SampleSource
    let audit: AuditBook
    let mutations: MutationGuard
    let throttles: ThrottleKeeper
    let adminTLS: AdminTLS?
    let registration: (any WorkerRegistration)?
    let registrar: ConnectionRegistrar?
    let operations: any OperationStore
    let register: any FleetRegister
    let controlLoops: any EventLoopGroup

    /// - Parameters:
    ///   - log: without it no room has a stream.
    ///   - registration: without it the worker is found by its admin socket only.
    ///   - connections: without it nobody is told who is connected here.
    ///   - audit: what every change is written to before it happens.
    ///   - operations: where operations and the safety lever are.
    ///   - register: who belongs to the fleet.
    ///   - overseer: without it nothing is told of the Redis behind the worker.
    ///   - throttles: where the fleet's throttles are.
    package init(
        configuration: WorkerConfiguration, backplane: any Backplane, log: (any CriticalLog)?,
        registration: (any WorkerRegistration)?, connections: (any ConnectionRegistration)?,
        audit: any SharedAudit, operations: any OperationStore, register: any FleetRegister,
        overseer: (any RedisOverseer)?, throttles: any ThrottleStore, logger: Logger
    ) {
        self.configuration = configuration
        self.registration = registration
        self.operations = operations
        self.register = register
        self.logger = logger
        facts = WorkerFacts(worker: configuration.worker, node: configuration.node, pid: getpid(), startedAt: .now)
        let clock = SteadyClock(startedAt: facts.startedAt)
        self.clock = clock
        let breakers = BreakerBoard(policy: configuration.policy.breakers, clock: clock, logger: logger)
        self.breakers = breakers
        let watch = RedisWatch(clock: clock)
        let health = HealthSlot()
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.loops)
        let loops = Array(group.makeIterator())
        let watchedLog = log.map { WatchedLog($0, watch: watch) }
        let station = ProbeStation(
            worker: configuration.worker, loop: loops[0], breakers: breakers, log: watchedLog, clock: clock,
            policy: configuration.policy)
        self.station = station
        self.overseer = overseer
        let watched = WatchedBackplane(backplane, worker: configuration.worker, watch: watch, breakers: breakers)
        let plane = DataPlane(
            configuration: DataPlaneConfiguration(configuration), loops: loops,
            backplane: ProbedBackplane(watched, station: station), log: watchedLog, breakers: breakers,
            routes: { await health.answer($0) }, logger: logger)
        self.plane = plane
        let drain = DrainController(target: plane, clock: clock, logger: logger)
        self.drain = drain
        let shedding = ShedController(
            plane: plane, workerState: { await drain.state }, clock: clock, logger: logger)
        self.shedding = shedding
        let monitor = HealthMonitor(
            worker: configuration.worker, breakers: breakers, redis: watch, clock: clock, logger: logger,
            policy: { plane.policy }, pulse: { plane.pulse() }, degrade: { await plane.degrade(to: $0) })
        self.monitor = monitor
        samples = SampleSource(
            facts: facts, drain: drain, clock: clock, shedding: { await shedding.recentStatus },
            vitals: { monitor.vitals }
        ) {
            await plane.snapshot()
        }
        let book = AuditBook(
            worker: configuration.worker, directory: configuration.auditDirectory, shared: audit, logger: logger)
        self.audit = book
        mutations = MutationGuard(
            access: PeerJudge(policy: { plane.policy.admin }), audit: book, operations: operations)
        self.throttles = ThrottleKeeper(store: throttles, target: plane, logger: logger)
        adminTLS = configuration.adminListener.map { AdminTLS($0, of: configuration.worker) }
        registrar = connections.map {
            ConnectionRegistrar(
                registration: $0, plane: plane, worker: configuration.worker, breakers: breakers, logger: logger)
        }
        // Admin requests must be answered also while the loops of the clients are busy.
        controlLoops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        // The plane serves what is made of its own figures.
        health.open(HealthRoutes(samples: samples, monitor: monitor))
    }

    /// Serves until SIGTERM, then drains and returns; a second SIGTERM ends the drain.
    /// - Parameters:
    ///   - controls: what the supervisor tells it meanwhile.
    ///   - onLife: called once a second while no loop hangs.
    ///   - onReady: called once, when both ports and the admin socket take requests.
    package func run(
        controls: AsyncStream<ControlLine>, onLife: @escaping @Sendable () -> Void = {},
        onReady: @escaping @Sendable (WorkerReady) -> Void
    ) async throws {
        let orders = await StopOrders()
        await registrar?.prepare()
        try await plane.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await drain.run() }
            group.addTask { await shedding.run() }
            group.addTask { await lookAfterClients() }
            group.addTask { await signLife(onLife) }
            group.addTask { await monitor.run(samples: samples) }
            group.addTask { await audit.run() }
            group.addTask { await throttles.run() }
            group.addTask { try await serveAdmin(onReady: onReady) }
            if let registration { group.addTask { await register(with: registration) } }
            group.addTask { await obey(controls) }
            group.addTask { await orders.listen() }
            group.addTask { await stop(on: orders) }
            // Only two of them end by themselves: the signal, and an admin socket that cannot be bound.
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
