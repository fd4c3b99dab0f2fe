import FleetModel
import Testing

@testable import Gateway

/// Whole drains on a manual clock, a tick at a time.
@Suite("The pace of a drain")
struct DrainPacingTests {
    /// What happened to the clients, in seconds since the start.
    struct Course {
        var closes: [(second: Double, count: Int)] = []
        var drainedAt: Double?
    }

    /// - Parameter staying: clients that do not leave when told.
    static func run(
        connections: Int, staying: Int, rate: Double?, deadline: Duration?, seed: UInt64 = 1
    ) throws -> Course {
        let start = UnixTime(microseconds: 0)
        var random = SplitMix(state: seed)
        var (machine, course, remaining, now) = (DrainStateMachine(), Course(), connections, start)
        let order = DrainOrder(cause: .operator, requestedBy: "ana", ratePerSecond: rate, deadline: deadline)
        try machine.start(order, connections: connections, now: start)
        var tolerated = 200_000
        while machine.workerState != .drained, tolerated > 0 {
            tolerated -= 1
            let second = start.duration(to: now).inSeconds
            switch machine.next(now: now, remaining: remaining, jitter: random.fraction()) {
            case .refuseNew: machine.did(.refusedNew(remaining: remaining), now: now)
            case .announce:
                machine.did(.announced, now: now)
                remaining = staying
            case .close(let count):
                course.closes.append((second, count))
                remaining -= count
                machine.did(.closed(count), now: now)
            case .wait(let pause): now = now.advanced(by: pause)
            case .rest, .acceptNew: break
            }
        }
        course.drainedAt = machine.workerState == .drained ? start.duration(to: now).inSeconds : nil
        return course
    }

    struct SplitMix {
        var state: UInt64

        mutating func fraction() -> Double {
            state &+= 0x9e37_79b9_7f4a_7c15
            var value = state
            value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
            value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
            return Double((value ^ (value >> 31)) >> 11) / Double(1 << 53)
        }
    }

    @Test(
        "closes are spread evenly from the grace to the deadline, with no bang at its end",
        arguments: [1, 7, 60, 500, 5_000])
    func even(staying: Int) throws {
        let course = try Self.run(connections: 5_000, staying: staying, rate: nil, deadline: .seconds(60))
        let quarters = (0..<4).map { quarter in
            let from = 30 + 7.5 * Double(quarter)
            return course.closes.filter { $0.second >= from && $0.second < from + 7.5 }.reduce(0) { $0 + $1.count }
        }
        #expect(course.closes.allSatisfy { $0.second >= 30 })
        #expect(try #require(course.drainedAt) <= 60.2)
        let share = Double(staying) / 4
        for quarter in quarters { #expect(abs(Double(quarter) - share) <= 2 + share / 10) }
    }

    @Test("a full worker is closed at the given rate and not faster, within the deadline made for it")
    func rateOnly() throws {
        let course = try Self.run(connections: 1_000, staying: 1_000, rate: 50, deadline: nil)
        for second in 20..<50 {
            let closed = course.closes.filter { Int($0.second) == second }.reduce(0) { $0 + $1.count }
            #expect(closed <= 52)
        }
        #expect(try #require(course.drainedAt) <= 44.2)
    }

    @Test("closes fewer than ten a second come with gaps of different length")
    func gaps() throws {
        let course = try Self.run(connections: 60, staying: 60, rate: nil, deadline: .seconds(60))
        let times = course.closes.map(\.second)
        let gaps = Set(zip(times, times.dropFirst()).map { Int((($1 - $0) * 10).rounded()) })
        #expect(gaps.count >= 4)
    }

    @Test("a driver that was held up does not make up for it with a burst")
    func heldUp() {
        let start = UnixTime(microseconds: 0)
        var pacer = ClosePacer(ratePerSecond: 10, now: start)
        let late = start.advanced(by: .seconds(30))
        #expect(pacer.take(remaining: 500, deadline: late, now: late, jitter: 0.5) == 10)
    }

    @Test("after the deadline the rate goes on")
    func afterDeadline() {
        let start = UnixTime(microseconds: 0)
        var pacer = ClosePacer(ratePerSecond: 20, now: start.advanced(by: .seconds(9)))
        let count = pacer.take(
            remaining: 500, deadline: start, now: start.advanced(by: .seconds(10)), jitter: 0.5)
        #expect(count == 20)
    }
}
