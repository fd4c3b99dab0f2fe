import AdminAPI
import FleetModel
import Gateway
import Logging
import Redis
import TestSupport
import Testing

@testable import GadgateCLI

@Suite("Insight into Redis, on a real one")
struct RedisInsightTests {
    private func insight(_ server: RedisServer) throws -> RedisInsight {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let topology = RedisTopology(RedisTarget(url: try RedisURL(server.url)), name: "test", logger: logger)
        return RedisInsight(
            worker: WorkerID("gw-w0"), inspector: RedisInspector(topology: topology, name: "test-look"),
            clock: SteadyClock(startedAt: .now))
    }

    @Test("many who ask at once cost Redis one connection, and get the same")
    func shared() async throws {
        let server = try await RedisServer.started()
        let insight = try insight(server)
        let answers = await withTaskGroup(of: RedisDetails.self) { group in
            for _ in 0..<20 { group.addTask { await insight.details() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.at)).count == 1 && answers.allSatisfy { $0.gaps.isEmpty })
        let stats = RedisFields.info(try await server.cli(["INFO", "stats"]))
        // The other is that of the question itself.
        #expect(stats["total_connections_received"] == "2")
    }

    @Test("of two searches at once one is refused as a conflict, and after it another may begin")
    func conflict() async throws {
        let server = try await RedisServer.started()
        let insight = try insight(server)
        try await server.cli(["SET", "k", "v"])
        async let first = outcome(of: insight)
        async let second = outcome(of: insight)
        #expect(Set([await first, await second]) == ["done", "conflict"])
        let report = try await insight.keys(.hot, limit: 5)
        #expect(report.measure == .idle && report.reservation?.contains("noeviction") == true)
        #expect(report.items.map(\.name) == ["k"] && report.items.map(\.type) == ["string"])
    }

    private func outcome(of insight: RedisInsight) async -> String {
        do {
            _ = try await insight.keys(.big, limit: 5)
            return "done"
        } catch {
            return error.code.rawValue
        }
    }

    @Test("a Redis that is away is told as that")
    func away() async throws {
        let insight = try insight(try RedisServer())
        let details = await insight.details()
        #expect(details.gaps.map(\.part) == [.info])
        await #expect { try await insight.keys(.big, limit: 1) } throws: { ($0 as? AdminError)?.code == .unavailable }
    }
}
