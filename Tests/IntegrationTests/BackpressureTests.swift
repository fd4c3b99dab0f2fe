import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

extension Integration {
    @Suite("Clients that stop reading")
    struct BackpressureTests {
        private static let stuck = 20
        /// Of best effort, for one client; small, so that it is reached within the test.
        private static let queueBytes = 64 * 1_024
        /// What a channel takes before it says that it is full, and what may be written to it at once.
        private static let channelBytes = 2 * 64 * 1_024
        /// Critical messages that wait for one stuck client at the end, with room to spare.
        private static let criticalBytes = 400 * 1_536

        @Test("change nothing for the others: every message once and in order, and the worker's memory stays bounded")
        func stuckReaders() async throws {
            let redis = try await RedisServer.started()
            defer { withExtendedLifetime(redis) {} }
            let gateway = try await Gadgate(
                workers: 1, redis: redis.url,
                configuration: "classes: {best_effort: {queue_bytes: \(Self.queueBytes / 1_024)KiB}}")
            let load = try run(gateway, redis)
            try await eventually("all clients are there", within: .seconds(30)) {
                try await gateway.stats(0).connections >= 500
            }
            let before = try await gateway.stats(0).memory
            var peak = Peak()
            while !load.hasExited {
                peak.note(try await gateway.stats(0))
                try await Task.sleep(for: .milliseconds(200))
            }
            #expect(try await load.wait(within: .seconds(60)) == .code(0), "\(load.output.suffix(2_000))")
            try checkReceipts(load)

            #expect(peak.queueMessages > 0, "nobody was ever behind")
            #expect(peak.drops[.queueFull] ?? 0 > 0, "no queue was ever full")
            #expect(Set(peak.drops.keys) == [.queueFull])
            let perClient = Self.queueBytes + Self.channelBytes + Self.criticalBytes
            #expect(peak.queueBytes.bytes <= Self.stuck * perClient)
            #expect(peak.memory.bytes - before.bytes <= Self.stuck * perClient + 32 << 20)
        }

        /// 400 messages of 1 KB a second, critical ones among them: each client is in one room of ten and in a
        /// critical one with all the others.
        private func run(_ gateway: Gadgate, _ redis: RedisServer) throws -> ChildProcess {
            try ChildProcess(
                try BuiltProduct.path("gadload"),
                [
                    "run", "--url", "ws://127.0.0.1:\(gateway.port)/ws/connect", "--clients", "500", "--stuck",
                    "\(Self.stuck)", "--connect-rate", "250/s", "--rooms", "10", "--room-prefix", "news-",
                    "--critical-rooms", "1", "--publish-rate", "390/s", "--critical-rate", "10/s", "--message-size",
                    "1024", "--publish", "redis", "--redis", redis.url, "--duration", "15", "-o", "json",
                ])
        }

        private func checkReceipts(_ load: ChildProcess) throws {
            let report = try JSONDecoder().decode([String: JSONValue].self, from: Data(load.output.utf8))
            let deliveries = try #require(report["deliveries"])
            // 480 clients, of 39 messages a second of their room and 10 critical ones, over 15 seconds: 350,000.
            #expect((deliveries["received"]?.number ?? 0) > 250_000)
            for fault in ["lost", "duplicates", "out_of_order", "misrouted"] {
                #expect(deliveries[fault]?.number == 0, "\(fault)")
            }
            let critical = try #require(report["classes"]?["critical"]?["deliveries"])
            #expect((critical["received"]?.number ?? 0) > 50_000)
            #expect(critical["lost"]?.number == 0)
            #expect(report["stuck"]?["clients"]?.number == Double(Self.stuck))
            for name in ["critical", "best_effort"] {
                let latency = report["classes"]?[name]?["latency"]
                let percentiles = ["p50_seconds", "p99_seconds"].map { latency?[$0]?.number ?? 0 }
                print("\(name) beside \(Self.stuck) stuck readers, p50 and p99: \(percentiles) s")
            }
        }

        /// The most that was seen of each.
        private struct Peak {
            var queueBytes = ByteCount.zero
            var queueMessages: UInt64 = 0
            var memory = ByteCount.zero
            var drops: [DropReason: UInt64] = [:]

            mutating func note(_ sample: WorkerSample) {
                queueBytes = max(queueBytes, sample.queueBytes)
                queueMessages = max(queueMessages, sample.queueMessages.total)
                memory = max(memory, sample.memory)
                for drop in sample.drops { drops[drop.reason] = max(drops[drop.reason] ?? 0, drop.count) }
            }
        }
    }
}
