import FleetModel

extension Worker {
    /// Keeps this worker in the registry of workers until it is cancelled.
    func register(with registration: any WorkerRegistration) async {
        let socket = AdminSocket(directory: configuration.runDirectory, worker: configuration.worker)
        let loop = RegistrationLoop(
            registration: registration,
            entry: {
                RegistrationEntry(
                    worker: facts.worker, node: facts.node, state: await drain.state, version: Version.current,
                    adminAddress: socket.path, adminURL: configuration.adminListener?.url,
                    connections: await samples.recent().sample.connections)
            }, logger: logger)
        await loop.run()
    }

    /// What is done for clients besides serving them: their place in the registry, and a look at how they come and go.
    func lookAfterClients() async {
        await withTaskGroup(of: Void.self) { group in
            if let registrar { group.addTask { await registrar.run() } }
            while !Task.isCancelled {
                await plane.observe(at: clock.now, logger: logger)
                // Cancellation ends the loop.
                try? await Task.sleep(for: DataPlane.observationInterval)
            }
        }
    }
}
