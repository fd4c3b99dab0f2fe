import AdminAPI
import AdminClient
import ControlPlane
import FleetModel
import FoundationEssentials

/// A fleet that a command has found: asked once for its plan, and ready to be operated.
struct ConnectedFleet: Sendable {
    let source: FleetSource
    let client: AdminClient
    let snapshot: FleetSnapshot
    let desk: FleetDesk
    private let endpoints: @Sendable () -> [AdminEndpoint]

    /// Finds the fleet and asks each worker once.
    /// - Throws: `CommandFailure` of status 4 or 5 when there is none, or none of its workers answers.
    static func open(_ options: FleetOptions) async throws -> ConnectedFleet {
        let source = try options.choice.source(environment: ProcessInfo.processInfo.environment)
        return try await open(source, through: try AdminClient())
    }

    static func open(_ source: FleetSource, through client: AdminClient) async throws -> ConnectedFleet {
        let found = try await source.endpoints()
        var snapshot = FleetSnapshot(of: found, through: client)
        await snapshot.sample()
        if snapshot.isUnreachable { throw source.unreachable(snapshot.failures) }
        return ConnectedFleet(source, snapshot, answering: snapshot)
    }

    private init(_ source: FleetSource, _ snapshot: FleetSnapshot, answering: FleetSnapshot) {
        self.source = source
        self.snapshot = snapshot
        client = snapshot.client
        let hung = Set(snapshot.failures.map(\.endpoint.worker))
        let known = snapshot.endpoints
        let endpoints: @Sendable () -> [AdminEndpoint] = { source.current(known) }
        self.endpoints = endpoints
        // Those that did not answer just now are asked last.
        desk = FleetDesk(client: client) {
            let all = endpoints()
            return all.filter { !hung.contains($0.worker) } + all.filter { hung.contains($0.worker) }
        }
    }

    var fleet: Fleet { snapshot.fleet }

    /// The fleet with the members of rooms counted on every worker.
    func fleet(counting rooms: RoomPattern) async -> Fleet {
        var fleet = snapshot.fleet
        let silent = Set(snapshot.failures.map(\.endpoint.worker))
        let living = snapshot.endpoints.filter { !silent.contains($0.worker) }
        for tally in await client.tallies(of: rooms, on: living, timeout: Self.countTimeout) {
            fleet.note(tally.value, of: tally.worker)
        }
        return fleet
    }

    private static let countTimeout: Duration = .seconds(2)

    /// - Parameter looks: what an operation sees and does beyond the workers' samples and orders.
    func runner(_ looks: GuidedOperation.Looks = { $0 }) -> OperationRunner {
        OperationRunner(
            desk: desk, fleet: looks(LiveFleet(client: client, known: fleet, endpoints: endpoints)),
            clock: .steady())
    }
}

extension FleetSource {
    /// The workers there are now, as far as that can be told at once.
    fileprivate func current(_ known: [AdminEndpoint]) -> [AdminEndpoint] {
        switch self {
        case .directory(let path): SocketDirectory(path).endpoints() ?? known
        case .registry, .workers: known
        }
    }
}
