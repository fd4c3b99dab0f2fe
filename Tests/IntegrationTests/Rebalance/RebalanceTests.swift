import AdminAPI
import FleetModel
import FoundationEssentials
import Glibc
import TestSupport
import Testing

extension Integration {
    @Suite("A rebalance of a running fleet")
    struct RebalanceTests {
        @Test(
            "brings an uneven fleet within tolerance; no critical message is lost, and no more clients move than planned"
        )
        func evenOut() async throws {
            let world = try await UnevenFleet(clients: 200, seconds: 45)
            let rebalance = try world.gadtop(["rebalance", "--rate", "40/s", "--yes", "-o", "json"])
            #expect(try await rebalance.wait(within: .seconds(90)) == .code(0), "\(rebalance.errors.suffix(1_500))")
            #expect(rebalance.output.contains(#""outcome":"done""#))
            let counts = try await world.connections()
            #expect(counts.allSatisfy { (40...60).contains($0) }, "\(counts)")
            var planned: UInt64 = 0
            for index in 0..<4 { planned += try await world.gateway.stats(index).plannedClosesTotal }
            #expect(planned <= 150 && planned >= 140, "\(planned) planned closes")
            #expect(try await world.refusing().isEmpty)

            let again = try world.gadtop(["rebalance"])
            #expect(try await again.wait() == .code(0))
            #expect(again.output.hasPrefix("Nothing to balance"), "\(again.output)")

            #expect(try await world.load.wait(within: .seconds(90)) == .code(0), "\(world.load.errors.suffix(500))")
            let report = try JSONDecoder().decode([String: JSONValue].self, from: Data(world.load.output.utf8))
            let critical = try #require(report["classes"]?["critical"]?["deliveries"])
            #expect((critical["received"]?.number ?? 0) > 1_000)
            #expect(critical["lost"]?.number == 0)
            #expect(critical["duplicates"]?.number == 0)
            #expect(critical["not_recovered"]?.number == 0)
        }

        @Test("over rooms counts all of them, also those that no sample names")
        func manyRooms() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(workers: 2, redis: redis.url)
            var clients: [WebSocketClient] = []
            for (worker, count) in [(0, 40), (1, 4)] {
                let port = try await gateway.identity(worker).workerPort
                for index in 0..<count {
                    clients.append(try await WebSocketClient(port: port))
                    _ = try await clients.last?.subscribe(["many:\(worker)-\(index)"])
                }
            }
            let plan = try await OperatorCommand.run(
                ["rebalance", "--rooms", "many:*", "--dry-run", "-o", "json"], on: gateway)
            #expect(plan.exit == .code(0), "\(plan.errors)")
            #expect(try plan.json()["moves"]?.number == 18)
            #expect(try plan.json()["donors"]?.items.first?["connections"]?.number == 40)

            let run = try ChildProcess(
                try BuiltProduct.path("gadtop"),
                ["rebalance", "--rooms", "many:*", "--rate", "20/s", "--yes", "--run-dir", gateway.runDirectory])
            try await eventually("the plan's number is told to move, and no more", within: .seconds(30)) {
                try await gateway.stats(0).shed.map { $0.told >= 18 } ?? false
            }
            run.signal(SIGINT)
            _ = try await run.wait(within: .seconds(30))
            #expect(try await gateway.stats(0).plannedClosesTotal <= 18)
            withExtendedLifetime((redis, clients)) {}
        }

        @Test("stops when a worker is killed in the middle of it, and all that live accept")
        func killedWorker() async throws {
            let world = try await UnevenFleet(clients: 120, seconds: 40)
            let rebalance = try world.gadtop(["rebalance", "--rate", "5/s", "--yes"])
            try await eventually("clients move", within: .seconds(20)) {
                try await world.gateway.stats(0).shed.map { $0.told >= 10 } ?? false
            }
            kill(try await world.gateway.identity(0).pid, SIGKILL)
            #expect(try await rebalance.wait(within: .seconds(40)) == .code(1), "\(rebalance.errors.suffix(1_500))")
            #expect(rebalance.errors.contains("gw-w0 "), "\(rebalance.errors.suffix(1_500))")
            try await world.gateway.awaitWorker(0)
            try await eventually("every worker accepts", within: .seconds(10)) { try await world.refusing().isEmpty }
            try await eventually("everybody is back", within: .seconds(20)) {
                try await world.connections().reduce(0, +) >= 120
            }
        }

        @Test(
            "whose leader is killed ends by itself: the donor accepts again within its lease, and nobody more is moved")
        func killedLeader() async throws {
            let world = try await UnevenFleet(clients: 120, seconds: 40)
            let rebalance = try world.gadtop(["rebalance", "--rate", "5/s", "--yes"])
            try await eventually("clients move", within: .seconds(20)) {
                try await world.gateway.stats(0).shed.map { $0.told >= 10 } ?? false
            }
            rebalance.signal(SIGKILL)
            let told = try #require(try await world.gateway.stats(0).shed?.told)
            try await eventually("the donor accepts again", within: ShedRequest.standardLease + .seconds(3)) {
                guard try await world.gateway.stats(0).shed?.phase != .shedding else { return false }
                return try await world.refusing().isEmpty
            }
            let after = try #require(try await world.gateway.stats(0).shed?.told)
            #expect(after - told <= 30, "\(after - told) were told after the leader was gone")
            _ = try await WebSocketClient(port: try await world.gateway.identity(0).workerPort)
        }

        @Test("that is cancelled from elsewhere has all donors accept, and says by whom")
        func cancelled() async throws {
            let world = try await UnevenFleet(clients: 120, seconds: 40)
            let rebalance = try world.gadtop(["rebalance", "--rate", "5/s", "--yes", "-o", "json"])
            try await eventually("clients move", within: .seconds(20)) {
                try await world.gateway.stats(0).shed.map { $0.told >= 5 } ?? false
            }
            let id = try #require(try await world.gateway.stats(0).shed?.operation)
            let cancel = try world.gadtop(["operations", "cancel", id, "--yes"])
            #expect(try await cancel.wait(within: .seconds(20)) == .code(0), "\(cancel.errors)")
            #expect(try await rebalance.wait(within: .seconds(30)) == .code(1), "\(rebalance.errors.suffix(1_500))")
            #expect(rebalance.output.contains(#""outcome":"cancelled""#))
            #expect(try await world.refusing().isEmpty)
        }
    }
}

/// Four workers, one of which has all clients of a load that runs for some time.
private struct UnevenFleet {
    let redis: RedisServer
    let gateway: Gadgate
    let load: ChildProcess

    init(clients: Int, seconds: Int) async throws {
        redis = try await RedisServer.started()
        gateway = try await Gadgate(workers: 4, redis: redis.url, configuration: Self.configuration)
        for index in 1..<4 { _ = try await gateway.drain(index, DrainRequest(deadlineSeconds: 2)) }
        load = try ChildProcess(
            try BuiltProduct.path("gadload"),
            [
                "run", "--url", "ws://127.0.0.1:\(gateway.port)/ws/connect", "--clients", "\(clients)",
                "--connect-rate", "400/s", "--rooms", "2", "--critical-rooms", "2", "--rate", "5", "--critical-rate",
                "10", "--publish", "redis", "--redis", redis.url, "--duration", "\(seconds)", "-o", "json",
            ])
        let gateway = gateway
        try await eventually("one worker has all clients", within: .seconds(30)) {
            try await gateway.stats(0).connections >= clients
        }
        for index in 1..<4 { _ = try await gateway.undrain(index) }
        let redis = redis
        try await eventually("the registry knows that all are active, which plans are checked against") {
            var states: [String] = []
            for index in 0..<4 { states.append(try await redis.cli(["hget", "gad:worker:gw-w\(index)", "state"])) }
            return states.allSatisfy { $0 == "active" }
        }
    }

    /// A busy machine must not make workers degraded, which then take no part.
    private static let configuration = """
        degradation:
          loop_lag: {sample_best_effort: 20s, shed_best_effort: 25s, shed_important: 30s}

        """

    func gadtop(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(try BuiltProduct.path("gadtop"), arguments + ["--run-dir", gateway.runDirectory])
    }

    func connections() async throws -> [Int] {
        try await (0..<4).asyncMap { try await gateway.stats($0).connections }
    }

    /// Workers that refuse new connections.
    func refusing() async throws -> [Int] {
        var refusing: [Int] = []
        for index in 0..<4 where try await gateway.stats(index).shed?.refusesNew == true { refusing.append(index) }
        return refusing
    }
}
