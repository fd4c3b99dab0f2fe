import AdminAPI
import AdminClient
import FleetModel
import FoundationEssentials

/// A whole fleet on this machine for as long as the demo lasts: Redis with replicas and Sentinels, a gateway, and
/// clients that talk.
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
    /// The classes are those of the default, written out for whoever looks how that is done.
    private static let configuration = """
        rooms:
          - {prefix: "gov:", class: critical}
          - {prefix: "ops:", class: important}
          - {prefix: "citizen:", class: best_effort}

        """

    var runDirectory: String { janitor.directory + "/run" }

    /// Starts everything and returns when all clients are connected.
    func start() async throws -> DemoRedis {
        let began = ContinuousClock.now
        let redis = try await startRedis()
        try startSentinels(of: redis)
        let port = try await startGateway(redis)
        try await startLoad(redis, port: port)
        try await wait(for: ["sentinel-0", "sentinel-1", "sentinel-2"], within: Self.startWithin) { redis.isWatched }
        let seconds = Figures.wait(began.duration(to: .now))
        Print.error("the fleet is up: \(Figures.exact(clients)) clients on \(workers) workers after \(seconds)")
        return redis
    }

    private func startRedis() async throws -> DemoRedis {
        let redis = try DemoRedis()
        let ports = redis.servers.map(String.init)
        Print.error(
            "starting redis-server on port \(ports[0]), replicas on \(ports.dropFirst().joined(separator: ", "))")
        for index in redis.servers.indices {
            let arguments = redis.serverArguments(index, directory: janitor.directory)
            try janitor.start("redis-\(index)", [programs.redis] + arguments)
        }
        try await wait(for: redis.servers.indices.map { "redis-\($0)" }, within: Self.startWithin) {
            redis.isReplicating
        }
        return redis
    }

    private func startSentinels(of redis: DemoRedis) throws {
        Print.error("starting Sentinels on ports \(redis.sentinels.map(String.init).joined(separator: ", "))")
        for index in redis.sentinels.indices {
            let text = redis.sentinelConfiguration(index, directory: janitor.directory)
            let file = try write(text, as: "sentinel-\(index).conf")
            try janitor.start("sentinel-\(index)", [programs.redis, file, "--sentinel"])
        }
    }

    private func startGateway(_ redis: DemoRedis) async throws -> Int {
        let port = try LoopbackPort.free(1)[0]
        Print.error("starting gadgate with \(workers) workers on port \(port)")
        let configuration = try write(Self.configuration, as: "gadgate.yaml")
        try janitor.start(
            "gadgate",
            [
                programs.gateway, "serve", "--workers", String(workers), "--port", String(port), "--run-dir",
                runDirectory, "--sentinel", redis.sentinelList, "--master", DemoRedis.master, "--config", configuration,
                "--insecure-anonymous", "--node", "demo",
            ])
        let client = try AdminClient()
        try await wait(for: ["gadgate"], within: Self.startWithin) { await activeSamples(client).count == workers }
        return port
    }

    /// - Returns: the path of the file, which goes with the janitor's directory.
    private func write(_ text: String, as name: String) throws -> String {
        let path = janitor.directory + "/" + name
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw CommandFailure(.failed, "\(path) cannot be written: \(error)")
        }
        return path
    }

    private func startLoad(_ redis: DemoRedis, port: Int) async throws {
        guard clients > 0 else { return }
        try janitor.start("gadload", loadArguments(redis, port: port))
        let client = try AdminClient()
        var progress = ConnectProgress(wanted: clients)
        let limit = Self.startWithin + .seconds(2 * clients / Self.connectRate)
        try await wait(for: ["gadload"], within: limit) {
            let connected = await activeSamples(client).reduce(0) { $0 + $1.connections }
            if let line = progress.line(connected) { Print.error(line) }
            return connected >= clients
        }
    }

    private func loadArguments(_ redis: DemoRedis, port: Int) -> [String] {
        [
            programs.load, "run", "--url", "ws://127.0.0.1:\(port)/ws/connect", "--clients", String(clients),
            "--connect-rate", String(Self.connectRate), "--rooms", String(Self.rooms), "--spread", "skewed",
            "--rooms-per-client", String(Self.roomsPerClient), "--publish-rate", String(Self.publishRate),
            "--publish", "redis", "--sentinel", redis.sentinelList, "--master", DemoRedis.master, "--duration", "0",
            "-o",
            "json",
        ]
    }

    private func activeSamples(_ client: AdminClient) async -> [WorkerSample] {
        let answers = await client.ask(SocketDirectory(runDirectory).endpoints() ?? []) {
            (client, endpoint) throws(AdminFailure) in
            try await client.value(of: WorkerSample.self, from: AdminRequest(endpoint, .get, .stats))
        }
        return answers.compactMap { answer in
            // A worker that does not answer yet is waited for, by the caller.
            guard case (_, .success(let sample)) = answer, sample.state == .active else { return nil }
            return sample
        }
    }

    /// - Throws: `CommandFailure` with the end of a process's log when one ends or they take too long.
    private func wait(for names: [String], within limit: Duration, until isUp: () async -> Bool) async throws {
        let deadline = ContinuousClock.now + limit
        while await !isUp() {
            if let ended = names.first(where: { !janitor.isRunning($0) }) { throw failure(ended, "ended") }
            guard .now < deadline else { throw failure(names[0], "did not get ready within \(Figures.span(limit))") }
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
