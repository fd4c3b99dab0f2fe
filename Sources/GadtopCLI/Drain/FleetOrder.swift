import AdminAPI
import AdminClient
import FleetModel

/// One order to some workers at once, and what each of them answered.
struct FleetOrder {
    let command: WorkerCommand
    let endpoints: [AdminEndpoint]
    let client: AdminClient
    private(set) var results: [WorkerID: Result<DrainReport, AdminFailure>] = [:]

    init(_ command: WorkerCommand, on endpoints: [AdminEndpoint], through client: AdminClient) {
        self.command = command
        self.endpoints = endpoints
        self.client = client
    }

    mutating func give() async {
        let command = command
        for (endpoint, answer) in await client.ask(
            endpoints,
            { (client, endpoint) throws(AdminFailure) in
                try await client.order(command, endpoint)
            })
        {
            results[endpoint.worker] = answer
        }
    }
}

extension AdminClient {
    fileprivate func order(_ command: WorkerCommand, _ endpoint: AdminEndpoint) async throws(AdminFailure)
        -> DrainReport
    {
        do {
            return try await value(of: DrainReport.self, from: try AdminRequest(command, to: endpoint))
        } catch let failure as AdminFailure {
            throw failure
        } catch {
            throw AdminFailure(endpoint, .other("the order cannot be written: \(error)"))
        }
    }
}
