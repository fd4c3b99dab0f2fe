import FleetModel
import Redis
import TestSupport
import Testing

@Suite("Throttles, on a real Redis")
struct RedisThrottlesTests {
    @Test("are kept until their time is over, by the clock of Redis, and replaced and cleared by pattern")
    func keeping() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let throttles = RedisThrottles(client: client)
        #expect(try await throttles.list().entries.isEmpty)
        #expect(try await throttles.set("a*", Array("old|x".utf8), lasting: .seconds(60), most: 2))
        #expect(try await throttles.set("a*", Array("new|x".utf8), lasting: .seconds(30), most: 2))
        #expect(try await throttles.set("b", Array("b".utf8), lasting: .milliseconds(300), most: 2))
        #expect(try await !throttles.set("c", Array("c".utf8), lasting: .seconds(30), most: 2), "that was one too many")
        let (entries, _) = try await throttles.list()
        #expect(Set(entries.map { String(decoding: $0.rule, as: UTF8.self) }) == ["new|x", "b"])
        #expect(entries.allSatisfy { $0.left > .zero && $0.left <= .seconds(30) })
        try await eventually("the short one has ended") { try await throttles.list().entries.count == 1 }
        #expect(
            try await throttles.set("c", Array("c".utf8), lasting: .seconds(30), most: 2), "an ended one is in the way")
        #expect(try await throttles.clear("a*"))
        #expect(try await !throttles.clear("a*"))
        try await client.shutdown().get()
        withExtendedLifetime(server) {}
    }

    @Test("come with the number of workers that the registry knows")
    func workers() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let throttles = RedisThrottles(client: client)
        let now = UnixTime(seconds: 1_800_000_000)
        let registry = WorkerRegistry(client: client)
        for index in 0..<3 {
            let entry = WorkerEntry(
                worker: WorkerID(node: "gw", index: index), node: "gw", state: .active, version: "1", adminAddress: "/")
            try await registry.beat(entry, at: now)
        }
        _ = try await throttles.set("a", [], lasting: .seconds(30), most: 2)
        #expect(try await throttles.list().workers == 3)
        try await registry.remove(WorkerID(node: "gw", index: 0))
        #expect(try await throttles.list().workers == 2)
        try await client.shutdown().get()
        withExtendedLifetime(server) {}
    }
}
