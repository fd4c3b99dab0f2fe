import AdminAPI
import AdminClient
import FleetModel
import Glibc

/// A fleet as single questions find it, for commands that come and go.
struct FleetSnapshot: Sendable {
    let client: AdminClient
    let endpoints: [AdminEndpoint]
    private(set) var fleet = Fleet()
    private(set) var failures: [AdminFailure] = []

    /// Rates and percentiles need two samples; this far apart they mean something.
    static let sampleInterval: Duration = .seconds(1)

    init(of endpoints: [AdminEndpoint], through client: AdminClient) {
        self.client = client
        self.endpoints = endpoints
        for endpoint in endpoints { fleet.add(endpoint.worker) }
    }

    /// Asks all workers at once; one that does not answer is stale, with the reason.
    mutating func sample() async {
        let answers = await client.ask(endpoints) { (client, endpoint) throws(AdminFailure) in
            try await client.value(of: WorkerSample.self, from: AdminRequest(endpoint, .get, .stats))
        }
        let now = UnixTime.now
        failures = []
        for (endpoint, answer) in answers {
            switch answer {
            case .success(let sample) where sample.worker == endpoint.worker: fleet.observe(sample, at: now)
            case .success: fleet.lose(endpoint.worker, because: "another worker answers on its socket")
            case .failure(let failure):
                failures.append(failure)
                fleet.lose(endpoint.worker, because: failure.failure.reason)
            }
        }
    }

    /// That some of the workers are not in the answer, which are printed as they were last heard.
    var silence: CommandFailure? {
        let stale = fleet.ordered.filter(\.isStale)
        guard !stale.isEmpty else { return nil }
        let names = stale.prefix(Self.mostNames).map { SafeText($0.id).text }.joined(separator: ", ")
        let more = stale.count > Self.mostNames ? " and \(stale.count - Self.mostNames) more" : ""
        return CommandFailure(
            .partlyDone,
            "\(stale.count) of \(endpoints.count) workers do not answer: \(names)\(more); -o wide says why")
    }

    /// As many as fit a line.
    private static let mostNames = 5

    /// No worker answered the last question.
    var isUnreachable: Bool { failures.count == endpoints.count }
}

extension AdminClient {
    /// Asks several workers the same at once.
    /// - Returns: an answer for each, in the order of `endpoints`.
    func ask<Value: Sendable>(
        _ endpoints: [AdminEndpoint],
        _ question: @escaping @Sendable (AdminClient, AdminEndpoint) async throws(AdminFailure) -> Value
    ) async -> [(AdminEndpoint, Result<Value, AdminFailure>)] {
        await withTaskGroup { group in
            for (index, endpoint) in endpoints.enumerated() {
                group.addTask {
                    do throws(AdminFailure) {
                        return (index, Result<Value, AdminFailure>.success(try await question(self, endpoint)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            let answers = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return endpoints.indices.compactMap { index in answers[index].map { (endpoints[index], $0) } }
        }
    }
}
