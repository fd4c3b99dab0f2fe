import FleetModel

/// What must hold before the first worker starts; checked once, so that a wrong port is one error instead of as many
/// crash loops as there are workers.
struct Preflight {
    let configuration: FleetConfiguration

    /// - Returns: the shared port, held until the reservation is let go.
    func pass() throws -> PortReservation {
        for index in 0..<configuration.workers {
            let worker = WorkerID(node: configuration.common.node, index: index)
            try AdminSocket(directory: configuration.common.runDirectory, worker: worker).prepare()
        }
        try checkWorkerPorts()
        try checkAdminPorts()
        return try PortReservation(host: configuration.common.host, port: configuration.common.sharedPort)
    }

    private func checkAdminPorts() throws {
        guard let listener = configuration.common.adminListener else { return }
        for port in listener.port..<listener.port + configuration.workers {
            try PortReservation.check(host: listener.host, port: port)
        }
    }

    private func checkWorkerPorts() throws {
        guard let base = configuration.workerPortBase else { return }
        for port in base..<base + configuration.workers {
            guard port != configuration.common.sharedPort else { throw PortOverlap(port: port) }
            try PortReservation.check(host: configuration.common.host, port: port)
        }
    }
}

/// The workers' own ports include the shared one.
struct PortOverlap: Error, CustomStringConvertible {
    let port: Int

    var description: String {
        "port \(port) is both the shared port and a worker's own; move --worker-port-base or --port"
    }
}
