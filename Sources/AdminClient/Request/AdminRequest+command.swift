import AdminAPI
import FleetModel

extension AdminRequest {
    /// The request that asks a worker to carry out `command`.
    package init(_ command: WorkerCommand, to endpoint: AdminEndpoint) throws {
        switch command {
        case .drain(let wanted): self.init(endpoint, .post, .drain, body: try AdminJSON.encode(wanted))
        case .undrain(let wanted): self.init(endpoint, .post, .undrain, body: try AdminJSON.encode(wanted))
        case .probe(let order): self.init(endpoint, .post, .probe, body: try AdminJSON.encode(order))
        case .failover(let wanted):
            self.init(
                endpoint, .post, .redisFailover, body: try AdminJSON.encode(wanted), timeout: Self.failoverTimeout)
        case .noteDrill(let note): self.init(endpoint, .post, .redisDrills, body: try AdminJSON.encode(note))
        case .shed(let wanted): self.init(endpoint, .post, .shed, body: try AdminJSON.encode(wanted))
        case .stopShedding(let wanted): self.init(endpoint, .post, .shedStop, body: try AdminJSON.encode(wanted))
        }
    }

    /// The same as an order of an operation: workers refuse it once another leads the fleet.
    package init(_ command: WorkerCommand, to endpoint: AdminEndpoint, for operation: OperationRecord) throws {
        try self.init(command, to: endpoint)
        fields = [
            "\(AdminHeader.operation): \(SafeText(operation.id).text)", "\(AdminHeader.fence): \(operation.fence)",
        ]
    }
}

extension AdminRequest {
    /// A Sentinel that does not answer is given up after three seconds, and another one asked.
    private static let failoverTimeout: Duration = .seconds(10)
}

extension TransferFailure {
    /// As the worker said it, or as it would have.
    package var asAdminError: AdminError {
        switch self {
        case .status(_, let error?): error
        case .denied, .status(401, nil), .status(403, nil): AdminError(.denied, reason)
        case .refused, .noSocket, .pathTooLong, .timedOut, .late, .closed, .untrusted, .notHTTP, .tooLarge,
            .notSamples, .silent, .status, .undecodable, .other:
            AdminError(.unavailable, reason)
        }
    }
}
