import AdminAPI
import AdminClient
import ArgumentParser
import FleetModel

/// `gadtop get connections`
struct GetConnectionsCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "connections", abstract: "Print clients with their rooms, worker by worker.",
        discussion: """
            Examples:
              gadtop get connections --room ops:north
              gadtop get connections --user ana -o json
              gadtop get connections --worker gw1-w2 --limit 0 -o csv > clients.csv
            """)

    @OptionGroup var options: GetOptions

    @Option(name: .long, help: "Only those in this room.")
    var room: String?
    @Option(name: .long, help: "Only those of this user.")
    var user: String?
    @Option(name: .long, help: "Only those with this role.")
    var role: String?
    @Option(name: .long, help: "Only those of this worker.", completion: .workers)
    var worker: String?
    @Option(name: .long, help: "How many to print; 0 for all.")
    var limit = 100

    /// Pages of `PageLimit.maximum` that are read of one worker: more than a worker holds.
    private static let maximumPages = 200

    func validate() throws {
        guard limit >= 0 else { throw ValidationError("--limit is 0 or more.") }
        guard [room, user, role].count(where: { $0 != nil }) <= 1 else {
            throw ValidationError("--room, --user and --role each choose clients: give one of them.")
        }
        guard room.map({ RoomName($0) != nil }) ?? true else {
            throw ValidationError("--room is a room's name: 1 to 128 of A-Za-z0-9:_.- are allowed.")
        }
    }

    func execute() async throws {
        let fleet = try await ActFleet.open(options.fleet)
        let endpoints = try worker.map { [try fleet.endpoint(of: $0)] } ?? fleet.endpoints
        let (bound, selector) = (limit == 0 ? Int.max : limit, selector)
        try await options.print {
            let answers = await fleet.client.ask(endpoints) { (client, endpoint) throws(AdminFailure) in
                try await Self.page(of: endpoint, selector, limit: bound, client)
            }
            let listing = ConnectionListing(answers.map { ($0.0.worker, $0.1) }, limit: bound)
            if listing.failures.count == endpoints.count { throw fleet.source.unreachable(listing.failures) }
            for failure in listing.failures { Print.error(failure.warning) }
            return Look(
                text: listing.text(as: options.output), missing: .leftOut(listing.failures.count, of: endpoints.count))
        }
    }

    private var selector: String {
        if let room { return "room=\(AdminRequest.encoded(room))&" }
        if let user { return "user=\(AdminRequest.encoded(user))&" }
        return role.map { "role=\(AdminRequest.encoded($0))&" } ?? ""
    }

    private static func page(
        of endpoint: AdminEndpoint, _ selector: String, limit: Int, _ client: AdminClient
    ) async throws(AdminFailure) -> Page<ConnectionInfo> {
        var all = Page<ConnectionInfo>(items: [], total: 0, nextCursor: nil)
        for _ in 0..<maximumPages {
            let size = min(PageLimit.maximum, limit - all.items.count)
            let cursor = all.nextCursor.map { "&cursor=" + AdminRequest.encoded($0) } ?? ""
            let request = AdminRequest(endpoint, .get, .connections, query: selector + "limit=\(size)" + cursor)
            let page = try await client.value(of: Page<ConnectionInfo>.self, from: request)
            all.items += page.items
            (all.total, all.nextCursor) = (page.total, page.nextCursor)
            if page.nextCursor == nil || page.items.isEmpty || all.items.count >= limit { break }
        }
        return all
    }
}
