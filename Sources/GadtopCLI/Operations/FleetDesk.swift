import AdminAPI
import AdminClient
import ControlPlane
import FleetModel
import Synchronization

/// The fleet's desk: any worker that answers; when one hangs, the next is asked.
final class FleetDesk: OperationDesk {
    private let client: AdminClient
    private let endpoints: @Sendable () -> [AdminEndpoint]
    /// Who answered last is asked first.
    private let preferred = Mutex<WorkerID?>(nil)

    /// Workers asked before the fleet counts as unreachable: each may take its time to be given up.
    private static let maximumTries = 3

    init(client: AdminClient, endpoints: @escaping @Sendable () -> [AdminEndpoint]) {
        self.client = client
        self.endpoints = endpoints
    }

    func start(_ start: OperationStart) async throws(AdminError) -> OperationRecord {
        let body = try Self.json(start)
        do {
            return try await ask(.post, .operations, body: body)
        } catch {
            // A worker may have begun it and not come to say so; asking a second one, it would be a plan used twice.
            guard error.code == .planInvalid || error.code == .unavailable || error.code == .operationRunning else {
                throw error
            }
            let id = OperationPlan.operationID(planHash: start.planHash)
            guard wasRepeated.withLock({ $0 }), let begun = try? await operation(id), begun.outcome == nil else {
                throw error
            }
            return begun
        }
    }

    func report(_ news: OperationNews) async throws(AdminError) -> OperationRecord {
        try await ask(.post, .operationProgress, body: try Self.json(news))
    }

    func cancel(_ operation: OperationReference) async throws(AdminError) -> OperationRecord {
        try await ask(.post, .operationCancel, body: try Self.json(operation))
    }

    func takeOver(_ operation: OperationReference) async throws(AdminError) -> OperationRecord {
        try await ask(.post, .operationTakeover, body: try Self.json(operation))
    }

    func operation(_ id: String) async throws(AdminError) -> OperationRecord {
        guard id.utf8.allSatisfy({ Self.idBytes.contains($0) }), !id.isEmpty else {
            throw AdminError(.notFound, "'\(SafeText(id))' is no operation's id; see: gadtop operations list")
        }
        return try await ask(.get, .operations, query: "id=" + id)
    }

    func operations(limit: Int) async throws(AdminError) -> [OperationRecord] {
        let list: OperationList = try await ask(.get, .operations, query: "limit=\(limit)")
        return list.items
    }

    func safety() async throws(AdminError) -> SafetyState { try await ask(.get, .safety) }

    func set(_ safety: SafetyState) async throws(AdminError) -> SafetyState {
        try await ask(.post, .safety, body: try Self.json(safety))
    }

    /// Whether the last question went to more than one worker.
    private let wasRepeated = Mutex(false)
    private static let idBytes = Set("0123456789abcdefghijklmnopqrstuvwxyz-".utf8)
}

// MARK: - Asking

extension FleetDesk {
    func ask<Value: Decodable & Sendable>(
        _ method: AdminRequest.Method, _ route: AdminRoute, query: String = "", body: [UInt8] = []
    ) async throws(AdminError) -> Value {
        var last = AdminError(.unavailable, "no worker of the fleet is known; is gadgate running?")
        for (tries, endpoint) in candidates().enumerated() {
            wasRepeated.withLock { $0 = tries > 0 }
            do {
                let request = AdminRequest(endpoint, method, route, query: query, body: body)
                let value = try await client.value(of: Value.self, from: request)
                preferred.withLock { $0 = endpoint.worker }
                return value
            } catch {
                last = error.failure.asAdminError
                guard Self.isOfOneWorker(error.failure) else { throw last }
            }
        }
        throw last
    }

    /// What another worker may well do: it is this one that hangs, is gone, or is cut off.
    private static func isOfOneWorker(_ failure: TransferFailure) -> Bool {
        if case .status(_, let error?) = failure { return error.code == .unavailable }
        return failure.isUnreachable
    }

    private func candidates() -> [AdminEndpoint] {
        let (known, first) = (endpoints(), preferred.withLock { $0 })
        return Array(
            (known.filter { $0.worker == first } + known.filter { $0.worker != first }).prefix(Self.maximumTries))
    }

    private static func json(_ value: some Encodable) throws(AdminError) -> [UInt8] {
        do { return try AdminJSON.encode(value) } catch {
            throw AdminError(.internal, "the request cannot be written: \(error)")
        }
    }
}
