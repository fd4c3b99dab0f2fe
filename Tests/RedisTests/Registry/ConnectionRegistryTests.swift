import FleetModel
import Redis
import TestSupport
import Testing

@Suite("Connection registry, on a real Redis")
struct ConnectionRegistryTests {
    private let now = UnixTime(seconds: 1_800_000_000)
    private let first = WorkerID(node: "gw", index: 1)
    private let second = WorkerID(node: "gw", index: 2)

    @Test("connections are entered for their users with a time to live, and the last one removed leaves no key")
    func entries() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let registry = ConnectionRegistry(client: client, lifetime: .seconds(90))
        let all = entries(500, users: 200)
        try await registry.enter(all, of: first, at: now)
        #expect(try await client.send("HGET", "gad:user:u7:conns", "c207").text == "gw-w1")
        #expect(try await client.send("HLEN", "gad:user:u7:conns").integer == 3)
        #expect(try await client.send("HLEN", "gad:worker:gw-w1:conns").integer == 500)
        #expect((1...90_000).contains(try await client.send("PTTL", "gad:user:u7:conns").integer ?? 0))
        try await registry.remove(all, of: first)
        #expect(try await client.send("KEYS", "*").array == [])
        try await client.shutdown().get()
    }

    @Test("entering again puts off the end, and heals what Redis lost")
    func refresh() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let registry = ConnectionRegistry(client: client, lifetime: .seconds(90))
        try await registry.enter(entries(1), of: first, at: now)
        try await client.send("PEXPIRE", "gad:user:u0:conns", "1000")
        try await registry.enter(entries(1), of: first, at: now)
        #expect(try await client.send("PTTL", "gad:user:u0:conns").integer ?? 0 > 1_000)
        try await client.send("FLUSHALL")
        try await registry.enter(entries(1), of: first, at: now)
        #expect(try await client.send("HGET", "gad:user:u0:conns", "c0").text == "gw-w1")
        try await client.shutdown().get()
    }

    @Test("a worker that starts again takes out what its life before left, and nothing of this life")
    func ownLifeBefore() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        try await ConnectionRegistry(client: client, lifetime: .seconds(90)).enter(entries(300), of: first, at: now)
        let registry = ConnectionRegistry(client: client, lifetime: .seconds(90))
        let anew = ConnectionRegistry.Entry(connection: "new", user: "u1")
        try await registry.enter([anew], of: first, at: now)
        #expect(try await registry.sweep(first, at: now) == 300)
        #expect(try await registry.sweep(first, at: now) == 0)
        #expect(try await client.send("HGETALL", "gad:user:u1:conns").array == [.bulk("new"), .bulk("gw-w1")])
        #expect(try await sortedKeys(client) == ["gad:user:u1:conns", "gad:worker:gw-w1:conns"])
        try await client.shutdown().get()
    }

    @Test("what a dead worker left is taken out once, whoever comes to clean, and living workers are left alone")
    func deadWorker() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let workers = WorkerRegistry(client: client, lifetime: .milliseconds(50))
        try await workers.beat(entry(first), at: now)
        try await ConnectionRegistry(client: client, lifetime: .seconds(90)).enter(entries(2_000), of: first, at: now)
        try await eventually("the worker's entry lapses") { try await workers.workers().isEmpty }
        let cleaners = (0..<3).map { _ in ConnectionRegistry(client: client, lifetime: .seconds(90)) }
        for cleaner in cleaners { #expect(try await cleaner.sweep(second, at: now) == 0) }
        let later = now.advanced(by: .seconds(40))
        try await WorkerRegistry(client: client).beat(entry(second), at: now)
        async let counts = [
            cleaners[0].sweep(second, at: later), cleaners[1].sweep(second, at: later),
            cleaners[2].sweep(second, at: later),
        ]
        #expect(try await counts.reduce(0, +) == 2_000)
        #expect(try await sortedKeys(client) == ["gad:worker:gw-w2", "gad:workers"])
        try await client.shutdown().get()
    }

    @Test("what a cleaner that died had begun, another ends")
    func deadCleaner() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        try await ConnectionRegistry(client: client, lifetime: .seconds(90)).enter(entries(10), of: first, at: now)
        try await client.send("RENAME", "gad:worker:gw-w1:conns", "gad:sweep:gw-w1:abc")
        try await client.send("ZADD", "gad:sweeps", "1800000000", "gad:sweep:gw-w1:abc")
        let registry = ConnectionRegistry(client: client, lifetime: .seconds(90))
        #expect(try await registry.sweep(second, at: now.advanced(by: .seconds(30))) == 0)
        #expect(try await registry.sweep(second, at: now.advanced(by: .seconds(61))) == 10)
        #expect(try await client.send("KEYS", "*").array == [])
        try await client.shutdown().get()
    }

    private func entries(_ count: Int, users: Int = 100) -> [ConnectionRegistry.Entry] {
        (0..<count).map { ConnectionRegistry.Entry(connection: "c\($0)", user: "u\($0 % users)") }
    }

    private func entry(_ worker: WorkerID) -> WorkerEntry {
        WorkerEntry(worker: worker, node: "gw", state: .active, version: "1.0", adminAddress: "/run/x.sock")
    }

    private func sortedKeys(_ client: RedisClient) async throws -> [String] {
        try await client.send("KEYS", "*").array?.compactMap(\.text).sorted() ?? []
    }
}
