import AdminAPI
import AdminClient
import ControlPlane
import FleetModel

/// A fleet as the leader of an operation sees and commands it: asked anew each time, by admin sockets.
actor LiveFleet: OperatedFleet {
    private let client: AdminClient
    private let endpoints: @Sendable () -> [AdminEndpoint]
    private var fleet: Fleet

    /// Shorter than an order's: a worker that hangs must not delay each look at the others.
    private static let lookTimeout: Duration = .seconds(1)
    /// An undrain answers once the worker accepts again.
    private static let orderTimeout: Duration = .seconds(5)

    /// - Parameter known: what was seen of it before, so that a worker that has died since is missed.
    init(client: AdminClient, known: Fleet, endpoints: @escaping @Sendable () -> [AdminEndpoint]) {
        self.client = client
        self.endpoints = endpoints
        fleet = known
    }

    func snapshot(counting rooms: RoomPattern?) async -> Fleet {
        let asked = endpoints()
        let answers = await client.ask(asked) { (client, endpoint) throws(AdminFailure) in
            let request = AdminRequest(endpoint, .get, .stats, timeout: Self.lookTimeout)
            return try await client.value(of: WorkerSample.self, from: request)
        }
        for id in Set(fleet.workers.keys).subtracting(asked.map(\.worker)) {
            fleet.lose(id, because: "its admin socket is gone: worker is not running")
        }
        for (endpoint, answer) in answers { note(answer, of: endpoint.worker) }
        if let rooms {
            let living = answers.compactMap { (try? $0.1.get()) == nil ? nil : $0.0 }
            for tally in await client.tallies(of: rooms, on: living, timeout: Self.lookTimeout) {
                fleet.note(tally.value, of: tally.worker)
            }
        }
        return fleet
    }

    func order(_ command: WorkerCommand, to worker: WorkerID, for operation: OperationRecord) async throws(AdminError) {
        guard let endpoint = endpoints().first(where: { $0.worker == worker }) else {
            throw AdminError(.unavailable, "\(SafeText(worker)) is not in the fleet: its admin socket is gone")
        }
        do {
            var request = try AdminRequest(command, to: endpoint, for: operation)
            request.timeout = Self.orderTimeout
            try await client.response(to: request).checked()
        } catch let failure as AdminFailure {
            throw failure.failure.asAdminError
        } catch let failure as TransferFailure {
            throw failure.asAdminError
        } catch {
            throw AdminError(.internal, "the order cannot be written: \(error)")
        }
    }

    private func note(_ answer: Result<WorkerSample, AdminFailure>, of worker: WorkerID) {
        fleet.add(worker)
        switch answer {
        case .success(let sample) where sample.worker == worker: fleet.observe(sample, at: .now)
        case .success: fleet.lose(worker, because: "another worker answers on its socket")
        case .failure(let failure): fleet.lose(worker, because: failure.failure.reason)
        }
    }
}
