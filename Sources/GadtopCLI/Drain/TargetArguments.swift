import AdminAPI
import ArgumentParser
import FleetModel

/// The workers a command is about.
struct TargetArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Names of workers, as 'gadtop get workers' prints them.", valueName: "worker"),
        completion: .workers)
    var workers: [String]

    func validate() throws {
        guard !workers.isEmpty else { throw ValidationError("Name at least one worker.") }
    }

    /// Each worker once, in the order in which they were named.
    /// - Throws: `CommandFailure` that lists the known workers when one is not among them.
    func resolve(among endpoints: [AdminEndpoint]) throws -> [AdminEndpoint] {
        let known = Dictionary(endpoints.map { ($0.worker, $0) }) { first, _ in first }
        var seen: Set<WorkerID> = []
        return try workers.map { WorkerID($0) }.filter { seen.insert($0).inserted }.map { worker in
            guard let endpoint = known[worker] else { throw Self.unknown(worker, among: endpoints) }
            return endpoint
        }
    }

    private static func unknown(_ worker: WorkerID, among endpoints: [AdminEndpoint]) -> CommandFailure {
        let names = endpoints.map { SafeText($0.worker).text }.joined(separator: ", ")
        return CommandFailure(.failed, "no worker \(SafeText(worker)) in this fleet; it has: \(names)")
    }
}
