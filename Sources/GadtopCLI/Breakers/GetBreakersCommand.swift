import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop get breakers`
struct GetBreakersCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "breakers", abstract: "Print the circuit breakers before Redis, of every worker.",
        discussion: """
            A breaker that is open refuses calls and says since when and why; half open, one trial call decides. The \
            reason of a closed breaker is that of the last time it opened.

            Examples:
              gadtop get breakers
              gadtop get breakers -o json | jq '.[] | select(.state != "closed")'
            """)

    @OptionGroup var options: GetOptions

    func execute() async throws {
        let source = try options.fleet.choice.source(environment: ProcessInfo.processInfo.environment)
        var snapshot = FleetSnapshot(of: try await source.endpoints(), through: try AdminClient())
        try await options.print {
            await snapshot.sample(with: .forMost)
            if snapshot.isUnreachable { throw source.unreachable(snapshot.failures) }
            for failure in snapshot.failures { Print.error(failure.warning) }
            return Look(
                text: BreakerListing(snapshot.fleet).text(as: options.output),
                missing: .leftOut(snapshot.failures.count, of: snapshot.endpoints.count))
        }
    }
}
