import FleetModel
import Gateway
import Redis
import Telemetry

/// The fleet's registry in Redis as the place where a worker makes itself known.
struct RedisRegistration: WorkerRegistration {
    private let registry: WorkerRegistry

    /// - Parameter client: started already.
    init(client: RedisClient) {
        registry = WorkerRegistry(client: client)
    }

    func refresh(_ entry: RegistrationEntry) async throws {
        try await registry.beat(WorkerEntry(entry), at: .now)
    }

    func remove(_ worker: WorkerID) async throws {
        try await registry.remove(worker)
    }
}

extension WorkerEntry {
    fileprivate init(_ entry: RegistrationEntry) {
        self.init(
            worker: entry.worker, node: entry.node, state: entry.state, version: entry.version,
            adminAddress: entry.adminAddress, adminURL: entry.adminURL)
    }
}
