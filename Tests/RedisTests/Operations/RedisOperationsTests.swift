import Redis
import TestSupport
import Testing

@Suite("Operations, on a real Redis")
struct RedisOperationsTests {
    struct World {
        let server: RedisServer
        let client: RedisClient

        static func run(_ body: (World) async throws -> Void) async throws {
            let server = try await RedisServer.started()
            let client = try await startedClient(server)
            try await body(World(server: server, client: client))
            try await client.shutdown().get()
        }

        func operations(lease: Duration = .seconds(60)) -> RedisOperations {
            RedisOperations(client: client, lease: lease, maximumSteps: 3)
        }
    }

    private func start(_ id: String, _ operations: RedisOperations, disruptive: Bool = true) async throws
        -> OperationReply
    {
        try await operations.start(
            id, planHash: id + "-hash", isDisruptive: disruptive, interrupted: "gone",
            fields: ["id": id, "leader": "mperez", "origin": "unix", "kind": "drain", "state": "{}"])
    }

    private func fence(_ reply: OperationReply) throws -> Int {
        guard case .done(let stored) = reply else { throw NeverHappened(description: "\(reply)") }
        return try #require(stored.fields["fence"].flatMap { Int($0) })
    }

    @Test("one disruptive operation has the lock; a second is told who leads it, one that disrupts nothing may start")
    func lock() async throws {
        try await World.run { world in
            let operations = world.operations()
            let first = try fence(try await start("a", operations))
            guard case .running(let holder) = try await start("b", operations) else {
                return #expect(Bool(false), "the lock was given twice")
            }
            #expect(holder.id == "a" && holder.leader == "mperez" && holder.lease > .seconds(50))
            let held = try await operations.holder()
            #expect(held?.id == "a" && held?.fence == first)
            #expect(try fence(try await start("c", operations, disruptive: false)) > first)
            #expect(try await operations.holder()?.id == "a")
        }
    }

    @Test("a plan is used once, whether or not its operation has ended")
    func used() async throws {
        try await World.run { world in
            let operations = world.operations()
            let fence = try fence(try await start("a", operations))
            #expect(try await start("a", operations) == .used)
            _ = try await operations.report("a", fence: fence, state: "{}", steps: [], outcome: "done")
            #expect(try await start("a", operations) == .used)
        }
    }

    @Test("news are kept with the latest steps; the last ones free the lock, and told again they are the same")
    func news() async throws {
        try await World.run { world in
            let operations = world.operations()
            let fence = try fence(try await start("a", operations))
            for step in ["1", "2", "3", "4"] {
                _ = try await operations.report("a", fence: fence, state: "{}", steps: [step], outcome: nil)
            }
            #expect(try await operations.operation("a")?.steps == ["2", "3", "4"])
            let ended = try await operations.report("a", fence: fence, state: "{}", steps: [], outcome: "done")
            #expect(try await operations.holder() == nil)
            #expect(try await operations.report("a", fence: fence, state: "{}", steps: [], outcome: "done") == ended)
            let late = try await operations.report("a", fence: fence, state: "{}", steps: [], outcome: nil)
            #expect(late == .ended("done"))
        }
    }

    @Test("a leader whose lease has ended leads on while nobody took over, and is fenced off once somebody has")
    func takeOver() async throws {
        try await World.run { world in
            let short = world.operations(lease: .milliseconds(1))
            let fence = try fence(try await start("a", short))
            try await eventually("the lease has ended") { try await short.holder() == nil }
            let long = world.operations()
            guard case .done = try await long.report("a", fence: fence, state: "{}", steps: [], outcome: nil) else {
                return #expect(Bool(false), "fenced off by nobody")
            }
            guard case .running = try await long.takeOver("a", by: "jlopez", from: "unix") else {
                return #expect(Bool(false), "taken over from a leader that lives")
            }
            _ = try await short.report("a", fence: fence, state: "{}", steps: [], outcome: nil)
            try await eventually("the lease has ended again") { try await short.holder() == nil }
            let taken = try self.fence(try await long.takeOver("a", by: "jlopez", from: "unix"))
            #expect(taken > fence)
            let late = try await long.report("a", fence: fence, state: "{}", steps: [], outcome: nil)
            #expect(late == .fenced(leader: "jlopez"))
        }
    }

    @Test("whoever starts after a leader that is gone ends its operation as interrupted")
    func interrupted() async throws {
        try await World.run { world in
            let operations = world.operations(lease: .milliseconds(1))
            let fence = try fence(try await start("a", operations))
            try await eventually("the lease has ended") { try await operations.holder() == nil }
            #expect(try self.fence(try await start("b", operations)) > fence)
            #expect(try await operations.operation("a")?.fields["outcome"] == "gone")
            let late = try await operations.report("a", fence: fence, state: "{}", steps: [], outcome: nil)
            #expect(late == .ended("gone"))
        }
    }

    @Test("the lever cancels what runs, in its first words, and nothing starts while it is engaged")
    func lever() async throws {
        try await World.run { world in
            let operations = world.operations()
            _ = try await start("a", operations)
            for order in ["first", "second"] {
                try await operations.setSafety(engaged: true, reason: "r", by: "b", at: "t", order: order)
            }
            #expect(try await operations.operation("a")?.fields["cancel"] == "first")
            #expect(try await start("b", operations, disruptive: false) == .safety)
            try await operations.setSafety(engaged: false, reason: "", by: "b", at: "t", order: "")
            #expect(try await operations.safety()["engaged"] == "0")
            #expect(try fence(try await start("b", operations, disruptive: false)) > 0)
        }
    }

    @Test("tokens never come back, even from a Redis that lost everything")
    func lostData() async throws {
        try await World.run { world in
            let operations = world.operations()
            let before = try fence(try await start("a", operations))
            try await world.client.send("FLUSHALL")
            #expect(try await operations.report("a", fence: before, state: "{}", steps: [], outcome: nil) == .missing)
            #expect(try fence(try await start("b", operations)) > before)
        }
    }

    @Test("the latest are listed first, and what is not known is missing")
    func listing() async throws {
        try await World.run { world in
            let operations = world.operations()
            for id in ["a", "b", "c"] {
                _ = try await start(id, operations, disruptive: false)
                try await eventually("time has moved on") { try await world.hasMoved(since: id, operations) }
            }
            #expect(try await operations.operations(limit: 2).compactMap { $0.fields["id"] } == ["c", "b"])
            #expect(try await operations.operation("z") == nil)
            #expect(try await operations.cancel("z", order: "o") == .missing)
            #expect(try await operations.takeOver("z", by: "x", from: "y") == .missing)
        }
    }
}

extension RedisOperationsTests.World {
    /// Whether the clock of Redis has left the millisecond in which the operation began.
    func hasMoved(since id: String, _ operations: RedisOperations) async throws -> Bool {
        let time = try await client.send("TIME").array?.compactMap(\.text) ?? []
        guard time.count == 2, let seconds = Int64(time[0]), let micros = Int64(time[1]) else { return false }
        let started = try await operations.operation(id)?.fields["started"].flatMap { Int64($0) } ?? .max
        return seconds * 1000 + micros / 1000 > started
    }
}
