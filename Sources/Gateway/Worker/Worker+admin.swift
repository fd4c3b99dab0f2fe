import AdminAPI
import FleetModel
import Glibc

extension Worker {
    /// Answers on the admin socket until it is cancelled.
    /// - Throws: when the socket cannot be bound.
    func serveAdmin(onReady: @escaping @Sendable (WorkerReady) -> Void) async throws {
        let socket = AdminSocket(directory: configuration.runDirectory, worker: configuration.worker)
        let server = AdminServer(
            socket: socket, listener: listener, routes: routes, loops: controlLoops, logger: logger,
            onListening: {
                onReady(
                    WorkerReady(
                        sharedPort: plane.sharedPort, workerPort: plane.workerPort, adminSocket: socket.path))
            })
        defer { unlink(socket.path) }
        try await server.run()
    }

    private var listener: (AdminListener, AdminTLS)? {
        guard let listener = configuration.adminListener, let adminTLS else { return nil }
        return (listener, adminTLS)
    }

    private var routes: AdminRoutes {
        AdminRoutes(
            identity: { await identity() }, samples: samples, monitor: monitor, drain: drain, shedding: shedding,
            directory: plane, mutations: mutations,
            failover: FailoverRoutes(worker: facts.worker, overseer: overseer, station: station, gate: mutations),
            acts: ActRoutes(
                worker: facts.worker, mutations: mutations, throttles: throttles, target: plane, breakers: breakers,
                clock: clock),
            operations: OperationRoutes(store: operations, register: register, gate: mutations, clock: clock),
            logger: logger)
    }

    private func identity() async -> WorkerIdentity {
        WorkerIdentity(
            worker: facts.worker, node: facts.node, version: Version.current, pid: facts.pid,
            startedAt: facts.startedAt, sharedPort: plane.sharedPort, workerPort: plane.workerPort,
            state: await drain.state)
    }
}
