import FleetModel
import Testing

@testable import Gateway

@Suite("The schedule of a drain")
struct DrainScheduleTests {
    @Test("without rate or deadline is a minute, and the rate is what that needs")
    func neither() throws {
        let schedule = try DrainSchedule(connections: 2_800, ratePerSecond: nil, deadline: nil)
        #expect(schedule.deadline == .seconds(60))
        #expect(schedule.ratePerSecond == 100)
        #expect(schedule.spread == .seconds(28))
        #expect(schedule.grace == .seconds(30))
    }

    @Test("with a rate alone takes as long as closing everyone twice over: once by themselves, once by us")
    func rateOnly() throws {
        let schedule = try DrainSchedule(connections: 1_000, ratePerSecond: 50, deadline: nil)
        #expect(schedule.deadline == .seconds(44))
        #expect(schedule.spread == .seconds(20))
    }

    @Test("with a deadline alone has the rate that empties the worker in half of it")
    func deadlineOnly() throws {
        let schedule = try DrainSchedule(connections: 90, ratePerSecond: nil, deadline: .seconds(20))
        #expect(schedule.ratePerSecond == 11.25)
        #expect(schedule.spread == .seconds(8))
        #expect(schedule.grace == .seconds(10))
    }

    @Test("keeps both where they agree, and lets clients leave no faster than the rate")
    func both() throws {
        let schedule = try DrainSchedule(connections: 100, ratePerSecond: 50, deadline: .seconds(60))
        #expect(schedule.ratePerSecond == 50)
        #expect(schedule.spread == .seconds(2))
    }

    @Test("is refused where rate and deadline disagree, and names the flags and what would work")
    func disagree() {
        let error = #expect(throws: DrainRefusal.self) {
            try DrainSchedule(connections: 1_000, ratePerSecond: 10, deadline: .seconds(60))
        }
        let words = error?.description ?? ""
        #expect(words.contains("34/s (--rate)"))
        #expect(words.contains("200 s (--deadline)"))
    }

    @Test("that is said to work does")
    func advice() throws {
        _ = try DrainSchedule(connections: 1_000, ratePerSecond: 34, deadline: .seconds(60))
        _ = try DrainSchedule(connections: 1_000, ratePerSecond: 10, deadline: .seconds(200))
    }

    @Test("of an empty worker is made without dividing by nothing")
    func empty() throws {
        let schedule = try DrainSchedule(connections: 0, ratePerSecond: nil, deadline: nil)
        #expect(schedule.spread == .zero)
        #expect(schedule.ratePerSecond == 1)
    }

    @Test("is refused for a rate that is none", arguments: [0, -1, .nan, .infinity, 100_001])
    func badRate(_ rate: Double) {
        #expect(throws: DrainRefusal.invalidRate) {
            try DrainSchedule(connections: 1, ratePerSecond: rate, deadline: nil)
        }
    }

    @Test("is refused for a deadline that is none", arguments: [Duration.zero, .seconds(-1), .seconds(86_401)])
    func badDeadline(_ deadline: Duration) {
        #expect(throws: DrainRefusal.invalidDeadline) {
            try DrainSchedule(connections: 1, ratePerSecond: nil, deadline: deadline)
        }
    }

    @Test("that would take longer than a day is refused and names a rate that does not")
    func tooSlow() {
        #expect(throws: DrainRefusal.tooSlow(connections: 100_000, ratePerSecond: 0.5)) {
            try DrainSchedule(connections: 100_000, ratePerSecond: 0.5, deadline: nil)
        }
    }
}
