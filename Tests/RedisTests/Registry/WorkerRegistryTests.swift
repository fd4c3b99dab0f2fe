import FleetModel
import Redis
import TestSupport
import Testing

@Suite("Worker registry, on a real Redis")
struct WorkerRegistryTests {
    private let now = UnixTime(seconds: 1_800_000_000.25)

    @Test("workers that beat are listed by name with what they last said")
    func listing() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let registry = WorkerRegistry(client: client)
        #expect(try await registry.workers() == [])
        for index in [10, 2] { try await registry.beat(entry(index), at: now) }
        var draining = entry(2)
        draining.state = .draining
        try await registry.beat(draining, at: now.advanced(by: .seconds(5)))
        #expect(try await registry.workers().map(\.ageless) == [draining, entry(10)])
        #expect(try await client.send("ZSCORE", "gad:workers", "gw-w10").text == "1800000000.25")
        try await client.shutdown().get()
    }

    @Test("a worker that stops beating vanishes, its name after an hour as well")
    func expiry() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        try await WorkerRegistry(client: client, lifetime: .milliseconds(50)).beat(entry(1), at: now)
        let registry = WorkerRegistry(client: client)
        try await eventually("the worker has vanished") { try await registry.workers().isEmpty }
        try await registry.beat(entry(2), at: now.advanced(by: .seconds(3601)))
        #expect(try await client.send("ZRANGE", "gad:workers", "0", "-1").array == [.bulk("gw-w2")])
        try await client.shutdown().get()
    }

    @Test("a removed worker is gone at once, and the others are not")
    func removal() async throws {
        let server = try await RedisServer.started()
        let client = try await startedClient(server)
        let registry = WorkerRegistry(client: client)
        for index in 1...2 { try await registry.beat(entry(index), at: now) }
        try await registry.remove(entry(1).worker)
        #expect(try await registry.workers().map(\.ageless) == [entry(2)])
        #expect(try await client.send("KEYS", "gad:worker:*").array == [.bulk("gad:worker:gw-w2")])
        try await client.shutdown().get()
    }

    private func entry(_ index: Int) -> WorkerEntry {
        WorkerEntry(
            worker: WorkerID(node: "gw", index: index), node: "gw", state: .active, version: "1.0",
            adminAddress: "/run/gadgate/gw-w\(index).sock", connections: 17)
    }
}

extension WorkerEntry {
    fileprivate var ageless: WorkerEntry {
        var entry = self
        entry.age = .zero
        return entry
    }
}
