import TestSupport
import Testing

extension Integration {
    /// The last row of the table in `Sources/Gateway/Resilience/README.md`, with real Sentinels.
    @Suite("What a failover does to critical messages")
    struct FailoverTests {
        @Test("on command: the old primary is left, none lost, none twice")
        func graceful() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                let old = try await redis.primary()
                try await redis.failOver()
                _ = try await redis.awaitPrimary(otherThan: old)
            }
            check(outcome)
        }

        @Test("after the primary was killed: none lost, none twice")
        func crash() async throws {
            let (redis, gateway) = try await fleet()
            let outcome = try await CriticalRun(port: gateway.port).outcome {
                let old = try await redis.primary()
                try await old.kill()
                _ = try await redis.awaitPrimary(otherThan: old)
            }
            check(outcome)
        }

        private func check(_ outcome: CriticalRun.Outcome) {
            #expect(outcome.accepted.count >= 20)
            #expect(outcome.lost == 0, "\(outcome.lost) lost; \(outcome.notRecovered) not recovered")
            #expect(outcome.twice == 0, "\(outcome.twice) came twice; \(outcome.notRecovered) not recovered")
        }

        private func fleet() async throws -> (SentinelFleet, Gadgate) {
            let redis = try await SentinelFleet()
            let gateway = try await Gadgate(
                workers: 2, redis: redis.servers[0].url,
                options: [
                    "--insecure-anonymous", "--sentinel", redis.addresses.joined(separator: ","), "--master",
                    SentinelFleet.master,
                ], configuration: "streams: {replicas: 1}")
            return (redis, gateway)
        }
    }
}
