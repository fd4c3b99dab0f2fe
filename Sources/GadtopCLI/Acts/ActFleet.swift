import AdminAPI
import AdminClient
import FleetModel
import FoundationEssentials

/// The workers of a fleet, for acts that any of them can do and questions that go to all.
struct ActFleet: Sendable {
    let source: FleetSource
    let endpoints: [AdminEndpoint]
    let client: AdminClient

    /// Workers tried before the fleet counts as unreachable: each may take its time to be given up.
    private static let maximumTries = 3

    /// - Throws: `CommandFailure` of status 4 or 5 when no worker is found.
    static func open(_ options: FleetOptions) async throws -> ActFleet {
        let source = try options.choice.source(environment: ProcessInfo.processInfo.environment)
        return try await open(source, through: try AdminClient())
    }

    static func open(_ source: FleetSource, through client: AdminClient) async throws -> ActFleet {
        ActFleet(source: source, endpoints: try await source.endpoints(), client: client)
    }

    /// - Throws: `CommandFailure` that lists the known workers when it is not among them.
    func endpoint(of worker: String) throws -> AdminEndpoint {
        if let endpoint = endpoints.first(where: { $0.worker.rawValue == worker }) { return endpoint }
        let names = endpoints.map { SafeText($0.worker).text }.joined(separator: ", ")
        throw CommandFailure(.failed, "no worker \(SafeText(worker)) in this fleet; it has: \(names)")
    }

    /// Asks all workers the same.
    /// - Throws: `CommandFailure` where none answers.
    func all<Value: Decodable & Sendable>(
        _ route: AdminRoute, query: String = ""
    ) async throws -> (answers: [(worker: WorkerID, value: Value)], silent: [WorkerID]) {
        let results = await client.ask(endpoints) { (client, endpoint) throws(AdminFailure) in
            try await client.value(of: Value.self, from: AdminRequest(endpoint, .get, route, query: query))
        }
        var (answers, failures): ([(worker: WorkerID, value: Value)], [AdminFailure]) = ([], [])
        for (endpoint, result) in results {
            switch result {
            case .success(let value): answers.append((endpoint.worker, value))
            // What is wrong with the question is so everywhere.
            case .failure(let failure) where failure.failure.isRefusal: throw CommandFailure(failure)
            case .failure(let failure): failures.append(failure)
            }
        }
        if answers.isEmpty { throw source.unreachable(failures) }
        return (answers, failures.map(\.endpoint.worker))
    }

    /// Asks one worker after the other until one answers; for acts that may be repeated.
    /// - Throws: `CommandFailure` with what the worker refused it for, or what keeps the last one from answering.
    func any<Value: Decodable & Sendable>(_ route: AdminRoute, _ body: some Encodable & Sendable) async throws -> Value
    {
        let bytes = try AdminJSON.encode(body)
        var last = CommandFailure(.unreachable, "no worker of the fleet is known; is gadgate running?")
        for endpoint in endpoints.prefix(Self.maximumTries) {
            do {
                return try await client.value(of: Value.self, from: AdminRequest(endpoint, .post, route, body: bytes))
            } catch {
                last = CommandFailure(error)
                guard error.failure.isUnreachable else { throw last }
            }
        }
        throw last
    }

    /// Has one worker do something.
    func order<Value: Decodable & Sendable>(
        _ endpoint: AdminEndpoint, _ route: AdminRoute, _ body: some Encodable & Sendable
    ) async throws -> Value {
        do {
            return try await client.value(
                of: Value.self, from: AdminRequest(endpoint, .post, route, body: try AdminJSON.encode(body)))
        } catch let failure as AdminFailure {
            throw CommandFailure(failure)
        }
    }
}

extension CommandFailure {
    fileprivate init(_ failure: AdminFailure) {
        self.init(
            failure.failure.exitStatus, "\(SafeText(failure.endpoint.worker)): \(SafeText(failure.failure.reason))")
    }
}

extension TransferFailure {
    /// The worker took the question for a wrong one.
    fileprivate var isRefusal: Bool {
        if case .status(400, .some) = self { true } else { false }
    }
}
