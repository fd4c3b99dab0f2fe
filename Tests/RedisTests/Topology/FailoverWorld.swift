import FleetModel
import NIOCore
import Redis
import TestSupport

/// Everything that a worker connects with, over one view of a fleet watched by Sentinels.
struct FailoverWorld {
    let fleet: SentinelFleet
    let topology: RedisTopology
    let probe: BusProbe
    let client: RedisClient
    let streams: RedisStreams

    init(_ fleet: SentinelFleet, url: String = "redis://unused", credentials: String? = nil) async throws {
        self.fleet = fleet
        var target = RedisTarget(url: try RedisURL(url))
        target.sentinels = try SentinelGroup(
            addresses: fleet.addresses, master: SentinelFleet.master, credentials: credentials)
        target.certificateAuthority = fleet.servers[0].certificates?.authority
        topology = RedisTopology(target, name: "test", logger: quietLogger, timeouts: .short)
        try topology.validate()
        probe = BusProbe(topology, channels: ["a"])
        client = RedisClient(topology: topology, name: "test-client", logger: quietLogger, timeouts: .short)
        streams = RedisStreams(topology: topology, name: "test-streams", logger: quietLogger, timeouts: .short)
        try await client.start().get()
        streams.start()
        try await awaitConnection(to: fleet.servers[0])
    }

    /// Waits until every connection is to `server`, and works.
    func awaitConnection(to server: RedisServer) async throws {
        try await eventually("everything is connected to port \(server.port)", within: .seconds(30)) {
            // Each fails while its connection is on its way.
            let reached = try? await client.send("CONFIG", "GET", "port", "tls-port").array?.compactMap(\.text)
            guard reached?.contains("\(server.port)") == true, topology.primary.hasSuffix(":\(server.port)") else {
                return false
            }
            guard await isServing() else { return false }
            return try await connections(to: server) == Self.connectionNames
        }
    }

    private static let connectionNames: Set<String> = [
        "test-commands", "test-subscriber", "test-client", "test-streams-publisher", "test-streams-reader",
    ]

    /// The names of our connections that a server has.
    func connections(to server: RedisServer) async throws -> Set<String> {
        let list = try await server.cli(["CLIENT", "LIST"])
        let names = list.split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("name=test") }
        return Set(names.map { String($0.dropFirst("name=".count)) })
    }

    private func isServing() async -> Bool {
        do {
            try await probe.publish("probe", to: "b")
            _ = try await streams.places(of: [room("gov:probe")], retention: .seconds(60)).get()
            try await publish("probe")
            return true
        } catch { return false }
    }

    func publish(_ messageID: String) async throws {
        let keeping = StreamKeeping(
            maximumLength: 100, retention: .seconds(60), idempotencyWindow: .seconds(60), replicas: 0,
            replicaTimeout: .zero)
        _ = try await streams.publish(
            ByteBuffer(string: "{}"), messageID: messageID, to: room("gov:probe"), keeping
        ).get()
    }

    func shutDown() async throws {
        try await probe.bus.shutdown().get()
        try await client.shutdown().get()
        try await streams.shutdown().get()
    }
}
