import AdminAPI
import FleetModel
import Foundation
import TestSupport
import Testing

extension Integration {
    /// Whole drills by the command line, on real Sentinels.
    @Suite("Failover drills")
    struct FailoverDrillTests {
        @Test("graceful: every worker moves, and no critical message is lost or comes twice")
        func graceful() async throws {
            let world = try await DrillFleetWorld()
            let report = try await world.drill(["--mode", "graceful"])
            try report.check()
            #expect(report.newPrimary != report.oldPrimary)
        }

        @Test("crash: the primary is stopped, replaced, and comes back as a replica")
        func crash() async throws {
            let world = try await DrillFleetWorld()
            let report = try await world.drill(["--mode", "crash"])
            try report.check()
            #expect(report.remains == [])
            #expect(try await world.redis.servers[0].cli(["ROLE"]).hasPrefix("slave"))
        }

        @Test("gadtop killed in the middle of a crash: the primary goes on, and the probes end")
        func killed() async throws {
            let world = try await DrillFleetWorld()
            let drill = try world.command(["--mode", "crash", "--yes"])
            let old = try #require(world.redis.servers[0].pid)
            try await eventually("the primary is stopped", within: .seconds(40)) {
                try world.state(of: old) == "T"
            }
            drill.signal(SIGKILL)
            try await eventually("the primary goes on") { try world.state(of: old) != "T" }
            let id = try #require(try await world.gateway.operations().first { $0.outcome == nil }?.id)
            let cancel = try ChildProcess(
                try BuiltProduct.path("gadtop"),
                ["operations", "cancel", id, "--yes", "--run-dir", world.gateway.runDirectory])
            #expect(try await cancel.wait(within: .seconds(60)) == .code(0), "\(cancel.errors)")
            #expect(try await world.gateway.operations(id: id)?.outcome?.status == .cancelled)
            try await eventually("the probes end", within: .seconds(40)) {
                for index in 0..<2 where try await world.probes(index).phase != .ended { return false }
                return true
            }
        }

        @Test("without a majority of Sentinels it is refused, and nothing is touched")
        func noMajority() async throws {
            let world = try await DrillFleetWorld()
            for sentinel in world.redis.sentinels.dropFirst() { sentinel.kill() }
            try await eventually("the loss is seen", within: .seconds(30)) {
                let look = try world.command(["--dry-run"])
                _ = try await look.wait(within: .seconds(30))
                return look.output.contains("NOQUORUM")
            }
            let drill = try world.command(["--yes"])
            #expect(try await drill.wait(within: .seconds(30)) == .code(1))
            #expect(drill.errors.contains("nothing was done"))
            #expect(try await world.probes(0).phase == .idle)
            #expect(try await world.redis.servers[0].cli(["ROLE"]).hasPrefix("master"))
        }

        @Test("get redis shows the primary, its replicas and the Sentinels")
        func getRedis() async throws {
            let world = try await DrillFleetWorld()
            let get = try ChildProcess(
                try BuiltProduct.path("gadtop"),
                ["get", "redis", "--run-dir", world.gateway.runDirectory, "-o", "json"])
            #expect(try await get.wait() == .code(0))
            let reports = try JSONDecoder().decode([RedisReport].self, from: Data(get.output.utf8))
            let report = try #require(reports.first)
            #expect(report.master == SentinelFleet.master)
            #expect(report.primary?.processID == world.redis.servers[0].pid)
            #expect(report.replicas.count == 2 && report.replicas.allSatisfy(\.isGood))
            #expect(report.sentinels.count == 3 && report.sentinels.allSatisfy(\.hasQuorum))
        }
    }
}

/// Two workers on a primary, two replicas and three Sentinels.
struct DrillFleetWorld {
    let redis: SentinelFleet
    let gateway: Gadgate
    private let directory: TemporaryDirectory

    init() async throws {
        redis = try await SentinelFleet()
        directory = try TemporaryDirectory()
        gateway = try await Gadgate(
            workers: 2, redis: redis.servers[0].url,
            options: [
                "--insecure-anonymous", "--sentinel", redis.addresses.joined(separator: ","), "--master",
                SentinelFleet.master,
            ], configuration: "streams: {replicas: 1}")
    }

    func command(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess(
            try BuiltProduct.path("gadtop"),
            ["drill", "failover", "--run-dir", gateway.runDirectory, "--reason", "test"] + arguments)
    }

    /// A drill that passes, and its report.
    func drill(_ arguments: [String]) async throws -> Report {
        let file = directory.path("drill.json")
        let drill = try command(arguments + ["--yes", "--report", file])
        let exit = try await drill.wait(within: .seconds(180))
        print("drill \(arguments):\n\(drill.errors)\n\(drill.output)")
        #expect(exit == .code(0))
        let bytes = try #require(FileManager.default.contents(atPath: file))
        return try JSONDecoder().decode(Report.self, from: bytes)
    }

    func probes(_ index: Int) async throws -> ProbeReport {
        try AdminJSON.decode(ProbeReport.self, from: try await gateway.curl(index, "/v1/probe"))
    }

    /// As proc(5) has it: T for stopped.
    func state(of pid: Int32) throws -> String {
        let bytes = try #require(FileManager.default.contents(atPath: "/proc/\(pid)/stat"))
        let fields = String(decoding: bytes, as: UTF8.self).split(separator: ")").last?.split(separator: " ")
        return fields?.first.map(String.init) ?? ""
    }

    /// What a program reads of the report.
    struct Report: Decodable {
        struct Worker: Decodable {
            struct Lane: Decodable {
                var lane: String
                var acknowledged: Int
                var received: Int
                var lost: Int
                var duplicated: Int
                var gap: Double

                private enum CodingKeys: String, CodingKey {
                    case lane, acknowledged, received, lost, duplicated
                    case gap = "gap_seconds"
                }
            }

            var worker: String
            var lanes: [Lane]
        }

        var number: Int
        var verdict: String
        var oldPrimary: String
        var newPrimary: String?
        var recovery: Double?
        var worstGap: Double?
        var workers: [Worker]
        var remains: [String]

        private enum CodingKeys: String, CodingKey {
            case number, verdict, workers, remains
            case oldPrimary = "old_primary"
            case newPrimary = "new_primary"
            case recovery = "recovery_seconds"
            case worstGap = "worst_gap_seconds"
        }

        func check() throws {
            #expect(verdict == "pass")
            #expect(number == 1)
            #expect(workers.count == 2)
            for lane in workers.flatMap(\.lanes) where lane.lane == "stream" {
                #expect(lane.lost == 0 && lane.duplicated == 0)
                #expect(lane.acknowledged > 50 && lane.received > 100)
            }
            #expect(try #require(worstGap) < 60)
        }
    }
}
