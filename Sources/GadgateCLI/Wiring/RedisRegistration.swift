import AdminAPI
import FleetModel
import Gateway
import Redis
import Telemetry

/// The fleet's registry in Redis as the place where a worker makes itself known.
struct RedisRegistration: WorkerRegistration, FleetRegister {
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

    func members() async throws -> [FleetMember] {
        do {
            return try await registry.workers().map { FleetMember($0) }
        } catch {
            throw AdminError(.unavailable, "the fleet's registry cannot be read: \(error)")
        }
    }
}

extension WorkerEntry {
    fileprivate init(_ entry: RegistrationEntry) {
        self.init(
            worker: entry.worker, node: entry.node, state: entry.state, version: entry.version,
            adminAddress: entry.adminAddress, adminURL: entry.adminURL,
            connections: entry.connections)
    }
}

extension FleetMember {
    fileprivate init(_ entry: WorkerEntry) {
        self.init(
            worker: entry.worker, node: entry.node, state: entry.state, connections: entry.connections,
            age: entry.age)
    }
}
