import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("Clients of critical rooms")
    struct CriticalLoadTests {
        @Test("get by resume what was published while they were away: nothing is lost, and nothing comes twice")
        func resume() async throws {
            let redis = try await RedisServer.started()
            let secret = try TestSecret()
            let gateway = try await Gadgate(workers: 2, redis: redis.url, options: ["--jwt-secret-file", secret.path])
            let load = try ChildProcess(
                try BuiltProduct.path("gadload"),
                [
                    "run", "--url", "ws://127.0.0.1:\(gateway.port)/ws/connect", "--token-secret-file", secret.path,
                    "--clients", "120", "--connect-rate", "400/s", "--rooms", "2", "--critical-rooms", "2", "--rate",
                    "20", "--critical-rate", "60", "--ack", "--storm", "80", "--at", "2", "--duration", "6",
                    "--publish",
                    "redis", "--redis", redis.url, "-o", "json",
                ])
            #expect(try await load.wait(within: .seconds(90)) == .code(0), "\(load.errors.suffix(500))")
            let report = try JSONDecoder().decode([String: JSONValue].self, from: Data(load.output.utf8))
            let critical = try #require(report["classes"]?["critical"]?["deliveries"])
            #expect((critical["received"]?.number ?? 0) > 10_000)
            #expect(critical["lost"]?.number == 0)
            #expect(critical["not_recovered"]?.number == 0)
            #expect(critical["duplicates"]?.number == 0)
            #expect(critical["out_of_order"]?.number == 0)
            #expect(
                (report["resumes"]?["recovered"]?.number ?? 0) >= 80)
            #expect((report["resumes"]?["replays_received"]?.number ?? 0) > 0)
            #expect(report["storm"]?["returned"]?.number == 80)
            withExtendedLifetime(redis) {}
        }
    }
}
