import AdminAPI
import AdminClient
import FleetModel
import FoundationEssentials

/// A whole fleet on this machine for as long as the demo lasts: Redis, a gateway, and clients that talk.
@MainActor
struct DemoFleet {
    let workers: Int
    let clients: Int
    let programs: DemoPrograms
    let janitor: Janitor

    /// Connects a second: slow enough for a machine of two cores, fast enough not to be waited for.
    private static let connectRate = 1_000
    private static let rooms = 40
    private static let roomsPerClient = 3
    /// Messages a second into all rooms together.
    private static let publishRate = 40
    private static let startWithin: Duration = .seconds(20)
    private static let pollInterval: Duration = .milliseconds(100)

    var runDirectory: String { janitor.directory + "/run" }

    /// Starts everything and returns when all clients are connected.
    func start() async throws {
        let began = ContinuousClock.now
        let redis = try await startRedis()
        let port = try await startGateway(redis: redis)
        try await startLoad(redis: redis, port: port)
        let seconds = Figures.span(began.duration(to: .now))
        Print.error("the fleet is up: \(Figures.exact(clients)) clients on \(workers) workers after \(seconds)")
    }

    private func startRedis() async throws -> String {
        let port = try LoopbackPort.free()
        Print.error("starting redis-server on port \(port)")
        try janitor.start(
            "redis",
            [
                programs.redis, "--bind", "127.0.0.1", "--port", String(port), "--save", "", "--appendonly", "no",
                "--dir", janitor.directory,
            ])
        try await wait(for: "redis", within: Self.startWithin) { LoopbackPort.accepts(port) }
        return "redis://127.0.0.1:\(port)"
    }

    private func startGateway(redis: String) async throws -> Int {
        let port = try LoopbackPort.free()
        Print.error("starting gadgate with \(workers) workers on port \(port)")
        try janitor.start(
            "gadgate",
            [
                programs.gateway, "serve", "--workers", String(workers), "--port", String(port), "--run-dir",
                runDirectory, "--redis", redis, "--insecure-anonymous", "--node", "demo",
            ])
        let client = try AdminClient()
        try await wait(for: "gadgate", within: Self.startWithin) { await activeSamples(client).count == workers }
        return port
    }

    private func startLoad(redis: String, port: Int) async throws {
        guard clients > 0 else { return }
        try janitor.start("gadload", loadArguments(redis: redis, port: port))
        let client = try AdminClient()
        var progress = ConnectProgress(wanted: clients)
        let limit = Self.startWithin + .seconds(2 * clients / Self.connectRate)
        try await wait(for: "gadload", within: limit) {
            let connected = await activeSamples(client).reduce(0) { $0 + $1.connections }
            if let line = progress.line(connected) { Print.error(line) }
            return connected >= clients
        }
    }

    private func loadArguments(redis: String, port: Int) -> [String] {
        [
            programs.load, "run", "--url", "ws://127.0.0.1:\(port)/ws/connect", "--clients", String(clients),
            "--connect-rate", String(Self.connectRate), "--rooms", String(Self.rooms), "--spread", "skewed",
            "--rooms-per-client", String(Self.roomsPerClient), "--publish-rate", String(Self.publishRate),
            "--publish", "redis", "--redis", redis, "--duration", "0", "-o", "json",
        ]
    }

    private func activeSamples(_ client: AdminClient) async -> [WorkerSample] {
        let answers = await client.ask(SocketDirectory(runDirectory).endpoints() ?? []) {
            (client, endpoint) throws(AdminFailure) in
            try await client.value(of: WorkerSample.self, from: AdminRequest(endpoint, .get, .stats))
        }
        // A worker that does not answer yet is waited for, by the caller.
        return answers.compactMap { try? $0.1.get() }.filter { $0.state == .active }
    }

    /// - Throws: `CommandFailure` with the end of the process's log when it ends or takes too long.
    private func wait(for name: String, within limit: Duration, until isUp: () async -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while await !isUp() {
            guard janitor.isRunning(name) else { throw failure(name, "ended") }
            guard .now < deadline else { throw failure(name, "did not get ready within \(Figures.span(limit))") }
            try await Task.sleep(for: Self.pollInterval)
        }
    }

    private func failure(_ name: String, _ what: String) -> CommandFailure {
        let log = FileManager.default.contents(atPath: janitor.directory + "/\(name).log") ?? Data()
        let lines = String(decoding: log.suffix(4096), as: UTF8.self).split(separator: "\n").suffix(10)
        let tail = lines.map { "  " + SafeText($0).text }.joined(separator: "\n")
        return CommandFailure(.failed, "\(name) \(what); its log ends with:\n" + (tail.isEmpty ? "  (nothing)" : tail))
    }
}

/// How the clients' connecting goes, a line a second at most.
struct ConnectProgress {
    let wanted: Int
    private var told = -1
    private var toldAt: ContinuousClock.Instant?

    init(wanted: Int) {
        self.wanted = wanted
    }

    mutating func line(_ connected: Int, at now: ContinuousClock.Instant = .now) -> String? {
        guard connected != told, connected >= wanted || toldAt.map({ $0.duration(to: now) >= .seconds(1) }) ?? true
        else {
            return nil
        }
        (told, toldAt) = (connected, now)
        return "connecting clients: \(Figures.exact(connected)) of \(Figures.exact(wanted))"
    }
}
