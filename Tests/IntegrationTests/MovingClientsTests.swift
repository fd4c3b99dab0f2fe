import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("Clients that move")
    struct MovingClientsTests {
        @Test("lose and double nothing while a worker is drained under them, and gadload's receipts say so")
        func receipts() async throws {
            let redis = try await RedisServer.started()
            let gateway = try await Gadgate(workers: 2, redis: redis.url)
            let load = try ChildProcess(
                try BuiltProduct.path("gadload"),
                [
                    "run", "--url", "ws://127.0.0.1:\(gateway.port)/ws/connect", "--clients", "200", "--connect-rate",
                    "400/s", "--rooms", "6", "--publish-rate", "40", "--publish", "redis", "--redis", redis.url,
                    "--duration", "10", "-o", "json",
                ])
            try await eventually("both workers have clients", within: .seconds(20)) {
                try await gateway.stats(0).connections + gateway.stats(1).connections == 200
            }
            let moving = try await gateway.stats(0).connections
            _ = try await gateway.drain(0, DrainRequest(deadlineSeconds: 6, reason: "the test"))
            try await eventually("worker 0 is drained", within: .seconds(20)) {
                try await gateway.stats(0).state == .drained
            }
            #expect(try await load.wait(within: .seconds(60)) == .code(0), "\(load.errors.suffix(500))")
            let report = try JSONDecoder().decode([String: JSONValue].self, from: Data(load.output.utf8))
            let delivery = try #require(report["deliveries"])
            #expect((delivery["received"]?.number ?? 0) > 1_000)
            #expect(delivery["lost"]?.number == 0)
            #expect(delivery["duplicates"]?.number == 0)
            #expect(delivery["missed_while_away"]?.number != nil)
            #expect(try await gateway.stats(1).connections >= 0)
            #expect(try await gateway.stats(0).plannedClosesTotal == UInt64(moving))
        }
    }
}
