import AdminAPI
import AdminClient
import FleetModel

/// One order to some workers, followed until it is carried out.
struct FleetOperation {
    let command: WorkerCommand
    let endpoints: [AdminEndpoint]
    let client: AdminClient
    private(set) var results: [WorkerID: Result<DrainReport, AdminFailure>] = [:]

    private static let pollInterval: Duration = .milliseconds(500)
    /// A worker that does not answer so often in a row is not waited for any longer.
    private static let maximumMisses = 5

    init(_ command: WorkerCommand, on endpoints: [AdminEndpoint], through client: AdminClient) {
        self.command = command
        self.endpoints = endpoints
        self.client = client
    }

    /// Gives the order to all at once.
    mutating func start() async {
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

    /// Tells on stderr how the drain goes on, until none of the workers that took the order has anything left.
    mutating func awaitDrained() async {
        let taken = endpoints.filter { hasTaken($0.worker) }
        InterruptNotice.arm(Self.interruptWords(taken))
        var misses: [WorkerID: Int] = [:]
        var said: [WorkerID: String] = [:]
        while true {
            let waiting = taken.filter { isUnfinished($0.worker) && misses[$0.worker, default: 0] < Self.maximumMisses }
            guard !waiting.isEmpty else { break }
            // Only the end of the process cancels it, and then nobody waits.
            try? await Task.sleep(for: Self.pollInterval)
            for (endpoint, answer) in await client.ask(
                waiting,
                { (client, endpoint) throws(AdminFailure) in
                    try await client.value(of: DrainReport.self, from: AdminRequest(endpoint, .get, .drain))
                })
            {
                note(answer, of: endpoint.worker, &misses, &said)
            }
        }
        InterruptNotice.disarm()
    }

    private mutating func note(
        _ answer: Result<DrainReport, AdminFailure>, of worker: WorkerID, _ misses: inout [WorkerID: Int],
        _ said: inout [WorkerID: String]
    ) {
        switch answer {
        case .success(let report):
            misses[worker] = 0
            results[worker] = answer
            let line = report.progressLine
            if said.updateValue(line, forKey: worker) != line { Print.error(line) }
        case .failure:
            misses[worker, default: 0] += 1
            if misses[worker] == Self.maximumMisses { results[worker] = answer }
        }
    }

    private func hasTaken(_ worker: WorkerID) -> Bool {
        if case .success = results[worker] { true } else { false }
    }

    private func isUnfinished(_ worker: WorkerID) -> Bool {
        guard case .success(let report) = results[worker], let drain = report.drain else { return false }
        return drain.phase != .drained
    }

    private static func interruptWords(_ endpoints: [AdminEndpoint]) -> String {
        let names = endpoints.map { SafeText($0.worker).text }.joined(separator: " ")
        return "\ngadtop: the drain goes on without you; to cancel it: gadtop undrain \(names)\n"
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

extension DrainReport {
    /// Such as `gw1-w1  closing  62%  1,419 left  about 3 s to go`.
    fileprivate var progressLine: String {
        guard let drain else { return "\(SafeText(worker))  no drain under way" }
        guard drain.phase != .drained else { return "\(SafeText(worker))  drained" }
        let percent = Int((drain.progress * 100).rounded(.down))
        let rest = Figures.wait(UnixTime.now.duration(to: drain.estimatedEnd))
        return
            "\(SafeText(worker))  \(SafeText(drain.phase.rawValue))  \(percent)%  \(Figures.exact(drain.remaining)) left  "
            + "about \(rest) to go"
    }
}
