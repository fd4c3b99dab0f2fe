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

    /// Between two looks of a command that goes on looking.
    static let sampleInterval: Duration = .seconds(1)

    init(of endpoints: [AdminEndpoint], through client: AdminClient) {
        self.client = client
        self.endpoints = endpoints
        for endpoint in endpoints { fleet.add(endpoint.worker) }
    }

    /// Asks all workers at once; one that does not answer is stale, with the reason.
    mutating func sample(with patience: Patience = .forAll) async {
        let answers = await client.ask(endpoints, with: patience) { (client, endpoint) throws(AdminFailure) in
            try await client.recentSamples(of: endpoint)
        }
        let now = UnixTime.now
        failures = []
        for (endpoint, answer) in answers {
            switch answer {
            case .success(let samples): observe(samples, of: endpoint.worker, at: now)
            case .failure(let failure):
                failures.append(failure)
                fleet.lose(endpoint.worker, because: failure.failure.reason)
            }
        }
    }

    /// What a worker was before matters only where it has not been heard yet.
    private mutating func observe(_ samples: [SharedSample], of worker: WorkerID, at now: UnixTime) {
        guard samples.allSatisfy({ $0.value.worker == worker }) else {
            return fleet.lose(worker, because: "another worker answers on its socket")
        }
        let isKnown = fleet.workers[worker]?.sample != nil
        for sample in isKnown ? samples.suffix(1) : samples { fleet.observe(sample, at: now) }
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
