import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials
import Glibc

/// `gadtop demo`
struct DemoCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Start a fleet of its own on this machine, and open the console on it.",
        discussion: """
            Starts a Redis primary with two replicas and three Sentinels, gadgate and gadload, on free ports of \
            127.0.0.1 and in a temporary directory. However the demo ends, they end with it and the directory is \
            removed. Without a terminal, prints the workers once all clients are connected, and ends.

            The ports are told at the start, and in the console's help (?). To see a failover, in another terminal:
              redis-cli -p SENTINEL-PORT sentinel failover gad

            Examples:
              gadtop demo
              gadtop demo --workers 8 --clients 10000
              gadtop demo </dev/null
            """)

    @Option(name: .long, help: "Workers of the gateway, 1 to 64.")
    var workers = 4

    @Option(name: .long, help: "Clients that connect, up to 50,000.")
    var clients = 2_000

    @OptionGroup var look: ConsoleOptions

    func validate() throws {
        guard (1...64).contains(workers) else { throw ValidationError("--workers is 1 to 64.") }
        guard (0...50_000).contains(clients) else { throw ValidationError("--clients is 0 to 50000.") }
    }

    func execute() async throws {
        let environment = ProcessInfo.processInfo.environment
        let programs = try DemoPrograms.find(environment: environment)
        let janitor = try Janitor()
        defer {
            Print.error("stopping the demo's fleet …")
            janitor.stop()
            Print.error("stopped: nothing is left running, and nothing on disk")
        }
        let fleet = DemoFleet(workers: workers, clients: clients, programs: programs, janitor: janitor)
        let redis = try await fleet.start()
        if isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 {
            try showConsole(fleet, redis, environment)
        } else {
            try await printWorkers(fleet)
        }
    }

    @MainActor
    private func showConsole(_ fleet: DemoFleet, _ redis: DemoRedis, _ environment: [String: String]) throws {
        let runner = try ConsoleRunner(
            ConsoleFleet(.directory(fleet.runDirectory), named: "demo"), places: places(fleet, redis),
            options: look.values, environment: environment, companion: fleet.janitor.descriptor)
        switch try runner.run() {
        case .quit: break
        case .companionLost:
            throw CommandFailure(.failed, "the demo's janitor was killed, and its fleet with it; start the demo again")
        }
    }

    /// The console covers what was told at the start.
    @MainActor
    private func places(_ fleet: DemoFleet, _ redis: DemoRedis) -> [SafeText] {
        let replicas = Self.list(redis.servers.dropFirst())
        let failover: SafeText = "sentinel failover \(SafeText(DemoRedis.master))"
        return [
            "gadtop get workers --run-dir \(SafeText(fleet.runDirectory))",
            "redis-cli -p \(redis.servers[0])          the first primary; replicas on \(replicas)",
            "redis-cli -p \(redis.sentinels[0]) \(failover)    any of the Sentinels: \(Self.list(redis.sentinels))",
        ]
    }

    private static func list(_ ports: some Sequence<Int>) -> SafeText {
        SafeText(ports.map(String.init).joined(separator: ", "))
    }

    @MainActor
    private func printWorkers(_ fleet: DemoFleet) async throws {
        let endpoints = try await FleetSource.directory(fleet.runDirectory).endpoints()
        var snapshot = FleetSnapshot(of: endpoints, through: try AdminClient())
        await snapshot.sample()
        try await Task.sleep(for: FleetSnapshot.sampleInterval)
        await snapshot.sample()
        Print.output(WorkerListing(snapshot.fleet).text(as: .table))
    }
}
