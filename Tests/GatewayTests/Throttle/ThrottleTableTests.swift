import AdminAPI
import FleetModel
import NIOCore
import Testing

@testable import Gateway

@Suite("The throttles of a worker")
struct ThrottleTableTests {
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    func at(_ milliseconds: Int64) -> NIODeadline { Self.start + .milliseconds(milliseconds) }

    func held(
        _ pattern: String, rate: Double, override: Bool = false, left: Duration = .seconds(60)
    ) throws -> StoredThrottles.Held {
        let time = UnixTime(microseconds: 0)
        let rule = ThrottleRule(
            pattern: try #require(RoomPattern(pattern)), ratePerSecond: rate, overridesCritical: override,
            setBy: "ana", reason: nil, setAt: time, expiresAt: time)
        return .init(rule: rule, left: left)
    }

    func table(_ held: [StoredThrottles.Held], workers: Int = 1) -> ThrottleTable {
        var table = ThrottleTable()
        table.apply(held, workers: workers, at: at(0))
        return table
    }

    /// One publication a millisecond for ten seconds.
    func published(_ table: inout ThrottleTable, _ name: String, _ criticality: Criticality = .bestEffort) throws -> Int
    {
        let room = try #require(RoomName(name))
        return (0..<10_000).count { table.admits(publicationIn: room, criticality, at: at(Int64($0))) }
    }

    @Test("clients of each worker may publish its share, and together the rate", arguments: [1, 2, 4])
    func share(_ workers: Int) throws {
        var table = table([try held("ops:*", rate: 20)], workers: workers)
        let passed = try published(&table, "ops:a") * workers
        #expect((200...220).contains(passed), "\(passed) in 10 s at 20/s")
        #expect(table.items(at: at(0)).map(\.hitsPublished) == [UInt64(10_000 - passed / workers)])
    }

    @Test("the rooms of a pattern share its rate; others are not held to it")
    func rooms() throws {
        var table = table([try held("ops:*", rate: 20)])
        let rooms = [try #require(RoomName("ops:a")), try #require(RoomName("ops:b"))]
        let passed = (0..<10_000).count { table.admits(deliveryIn: rooms[$0 % 2], .important, at: at(Int64($0))) }
        #expect((200...220).contains(passed))
        #expect(try published(&table, "gov:x") == 10_000)
    }

    @Test("what comes from Redis is held to the whole rate on each worker, since each sees all of it")
    func delivery() throws {
        var table = table([try held("ops:*", rate: 20)], workers: 4)
        let room = try #require(RoomName("ops:a"))
        let passed = (0..<10_000).count { table.admits(deliveryIn: room, .important, at: at(Int64($0))) }
        #expect((200...220).contains(passed))
    }

    @Test("critical rooms are left alone, unless it overrides that")
    func critical() throws {
        var plain = table([try held("*", rate: 1)])
        #expect(try published(&plain, "gov:x", .critical) == 10_000)
        var forced = table([try held("*", rate: 1, override: true)])
        #expect(try published(&forced, "gov:x", .critical) < 20)
    }

    @Test("it ends by itself, also when nobody says so")
    func expiry() throws {
        var table = table([try held("ops:*", rate: 1, left: .seconds(5))])
        #expect(try published(&table, "ops:a") > 5_000)
        #expect(table.items(at: at(5_001)).isEmpty)
    }

    @Test("what holds is kept with its counts when it is told again, and what is not told any more ends")
    func again() throws {
        let throttle = try held("ops:*", rate: 1)
        var table = table([throttle])
        _ = try published(&table, "ops:a")
        let hits = table.items(at: at(0)).first?.hits
        table.apply([throttle, try held("x", rate: 1)], workers: 1, at: at(10_000))
        #expect(table.items(at: at(10_000)).first?.hits == hits)
        table.apply([], workers: 1, at: at(10_000))
        #expect(table.isEmpty)
        #expect(try published(&table, "ops:a") == 10_000)
    }

    @Test("a share below one a second lets one through now and then")
    func slow() throws {
        var table = table([try held("ops:*", rate: 1)], workers: 4)
        #expect((2...4).contains(try published(&table, "ops:a")))
    }
}
