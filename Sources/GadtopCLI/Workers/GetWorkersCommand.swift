import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop get workers`
struct GetWorkersCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "workers", abstract: "Print each worker with its figures, and their sums.",
        discussion: """
            Rates and percentiles are of the last seconds. A worker that does not answer is printed as stale, with the \
            reason in the wide table and in JSON; the exit status is 3 then.

            Examples:
              gadtop get workers
              gadtop get workers -o wide --watch
              gadtop get workers -o json | jq -r '.[] | select(.stale) | .id'
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws {
        let source = try options.fleet.choice.source(environment: ProcessInfo.processInfo.environment)
        var snapshot = FleetSnapshot(of: try await source.endpoints(), through: try AdminClient())
        try await options.print {
            await snapshot.sample(with: .forMost)
            if snapshot.isUnreachable && !options.watch { throw source.unreachable(snapshot.failures) }
            return Look(text: WorkerListing(snapshot.fleet).text(as: options.output), missing: snapshot.silence)
        }
    }
}
