import AdminAPI

extension AdminRequest {
    /// The request that asks a worker to carry out `command`.
    package init(_ command: WorkerCommand, to endpoint: AdminEndpoint) throws {
        switch command {
        case .drain(let wanted): self.init(endpoint, .post, .drain, body: try AdminJSON.encode(wanted))
        case .undrain(let wanted): self.init(endpoint, .post, .undrain, body: try AdminJSON.encode(wanted))
        case .shed(let wanted): self.init(endpoint, .post, .shed, body: try AdminJSON.encode(wanted))
        case .stopShedding(let wanted): self.init(endpoint, .post, .shedStop, body: try AdminJSON.encode(wanted))
        }
    }
}

extension TransferFailure {
    /// As the worker said it, or as it would have.
    var asAdminError: AdminError {
        if case .status(_, let error?) = self { error } else { AdminError(.unavailable, reason) }
    }
}
