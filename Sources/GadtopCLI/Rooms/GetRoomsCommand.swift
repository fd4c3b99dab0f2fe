import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop get rooms`
struct GetRoomsCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "rooms", abstract: "Print rooms with their connections over all workers, largest first.",
        discussion: """
            The wide table has a column for each worker. A worker that does not answer is left out, and the exit \
            status is 3 then.

            Examples:
              gadtop get rooms
              gadtop get rooms --prefix gov: -o wide
              gadtop get rooms --limit 0 -o csv > rooms.csv
            """)

    @OptionGroup var options: GetOptions

    @Option(name: .long, help: "Only rooms whose name starts with this.")
    var prefix = ""

    @Option(name: .long, help: "How many rooms to print; 0 for all.")
    var limit = 100

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit is 0 or more.") }
        guard prefix.isEmpty || RoomName(prefix) != nil else {
            throw ValidationError("--prefix is the start of a room's name: A-Za-z0-9:_.- are allowed.")
        }
    }

    func execute() async throws {
        let source = try options.fleet.choice.source(environment: ProcessInfo.processInfo.environment)
        let endpoints = try await source.endpoints()
        let client = try AdminClient()
        try await options.print {
            let answers = await client.ask(endpoints) { (client, endpoint) throws(AdminFailure) in
                try await client.rooms(of: endpoint, prefix: prefix)
            }
            let listing = RoomListing(answers.map { ($0.0.worker, $0.1) })
            if listing.failures.count == endpoints.count { throw source.unreachable(listing.failures) }
            for failure in listing.failures { Print.error(failure.warning) }
            return Look(
                text: listing.text(as: options.output, limit: limit == 0 ? .max : limit),
                missing: .leftOut(listing.failures.count, of: endpoints.count))
        }
    }
}

extension AdminFailure {
    /// For a worker that a list goes without.
    var warning: String {
        "warning: \(SafeText(endpoint.worker)) is left out: \(SafeText(failure.reason))"
    }
}
