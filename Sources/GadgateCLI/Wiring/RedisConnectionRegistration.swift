import FleetModel
import Gateway
import Redis
import Telemetry

/// The registry of connections in Redis as the place where a worker makes its clients known.
struct RedisConnectionRegistration: ConnectionRegistration {
    private let registry: ConnectionRegistry

    /// - Parameter client: started already.
    init(client: RedisClient) {
        registry = ConnectionRegistry(client: client, lifetime: RegisteredConnection.lifetime)
    }

    func add(_ connections: [RegisteredConnection], of worker: WorkerID) async throws {
        try await registry.enter(connections.map { ConnectionRegistry.Entry($0) }, of: worker, at: .now)
    }

    func remove(_ connections: [RegisteredConnection], of worker: WorkerID) async throws {
        try await registry.remove(connections.map { ConnectionRegistry.Entry($0) }, of: worker)
    }

    func refresh(_ connections: [RegisteredConnection], of worker: WorkerID) async throws {
        try await add(connections, of: worker)
    }

    func sweep(_ worker: WorkerID) async throws -> Int {
        try await registry.sweep(worker, at: .now)
    }
}

extension ConnectionRegistry.Entry {
    fileprivate init(_ connection: RegisteredConnection) {
        self.init(connection: connection.connectionID, user: connection.userID)
    }
}
