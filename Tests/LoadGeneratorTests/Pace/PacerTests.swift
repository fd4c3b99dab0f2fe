import FleetModel
import Testing

@testable import LoadGenerator

struct PacerTests {
    private let second: UInt64 = 1_000_000_000

    @Test(
        "a rate is met exactly over time, whatever the tick", arguments: [3_000_000, 7_000_000, 10_000_000] as [UInt64])
    func rate(tick: UInt64) {
        var pacer = Pacer(rate: 333)
        let times = Array(stride(from: second, through: 11 * second, by: Int(tick)))
        let sum = times.reduce(0) { $0 + pacer.due(at: $1) }
        #expect(abs(sum - 3330) <= 4)
    }

    @Test("a slow rate begins with the first thing at once")
    func first() {
        var pacer = Pacer(rate: 0.5)
        #expect(pacer.due(at: second) == 1)
        #expect(pacer.due(at: 2 * second) == 0)
        #expect(pacer.due(at: 3 * second) == 1)
    }

    @Test("after a stall a quarter of a second is made up for, and no more")
    func stall() {
        var pacer = Pacer(rate: 1000)
        _ = pacer.due(at: second)
        #expect(pacer.due(at: 60 * second) == 250)
    }

    @Test("what was planned comes at its tick or later, in order, and once")
    func schedule() {
        var schedule = TickSchedule<Int>(tick: .milliseconds(10))
        schedule.add(2, at: 25_000_000)
        schedule.add(1, at: 12_000_000)
        schedule.add(3, at: 25_000_000)
        #expect(schedule.due(at: 19_000_000) == [])
        #expect(schedule.due(at: 41_000_000) == [1, 2, 3])
        #expect(schedule.isEmpty)
    }

    @Test("what is planned for a time that has passed comes at the next tick")
    func late() {
        var schedule = TickSchedule<Int>(tick: .milliseconds(10))
        #expect(schedule.due(at: 100_000_000) == [])
        schedule.add(1, at: 50_000_000)
        #expect(schedule.due(at: 100_000_000) == [])
        #expect(schedule.due(at: 110_000_000) == [1])
    }
}
