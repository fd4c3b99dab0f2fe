import FleetModel
import Testing

@testable import Gateway

@Suite("A circuit breaker")
final class CircuitBreakerTests {
    static let start = UnixTime(microseconds: 1_795_457_902_000_000)

    let policy = BreakerPolicy()
    var breaker = CircuitBreaker(policy: BreakerPolicy(), at: start)

    func at(_ seconds: Double) -> UnixTime { Self.start.advanced(by: .seconds(seconds)) }

    func permits(_ moment: UnixTime) -> Bool { breaker.permits(at: moment) }

    func fail(_ count: Int, at moment: UnixTime) {
        for _ in 0..<count { breaker.failed("no answer", at: moment) }
    }

    @Test("stays closed under failures that are too few")
    func fewFailures() {
        fail(4, at: at(0))
        #expect(permits(at(0)))
        #expect(breaker.state(at: at(0)) == .closed)
    }

    @Test("stays closed under failures that are too small a share of the calls")
    func smallShare() {
        for _ in 0..<20 { breaker.succeeded(at: at(0)) }
        fail(10, at: at(1))
        #expect(breaker.state(at: at(1)) == .closed)
        fail(10, at: at(2))
        #expect(breaker.state(at: at(2)) == .open)
    }

    @Test("forgets failures that are older than the window")
    func window() {
        fail(4, at: at(0))
        fail(4, at: at(10.5))
        #expect(breaker.state(at: at(10.5)) == .closed)
        fail(1, at: at(11))
        #expect(breaker.state(at: at(11)) == .open)
    }

    @Test("refuses every call while open, and counts them")
    func refusing() {
        fail(5, at: at(0))
        #expect(!permits(at(0.5)))
        #expect(!permits(at(1.9)))
        let report = breaker.report(.stream, at: at(1.9))
        #expect(report.state == .open)
        #expect(report.since == at(0))
        #expect(report.reason == "no answer")
        #expect(report.failuresTotal == 5)
        #expect(report.refusedTotal == 2)
    }

    @Test("lets one trial at a time through once the wait is over, and closes after enough of them in a row")
    func trials() {
        fail(5, at: at(0))
        #expect(permits(at(2)))
        #expect(!permits(at(2)))
        breaker.succeeded(at: at(2.1))
        #expect(breaker.state(at: at(2.1)) == .halfOpen)
        #expect(permits(at(2.2)))
        breaker.succeeded(at: at(2.3))
        #expect(breaker.state(at: at(2.3)) == .closed)
        fail(4, at: at(2.4))
        #expect(permits(at(2.4)), "what failed before it opened does not count twice")
    }

    @Test("waits twice as long after each trial that fails, up to the bound, and as at first after a success")
    func backingOff() {
        fail(5, at: at(0))
        var moment = 0.0
        var waits: [Double] = []
        for _ in 0..<7 {
            var wait = 0.0
            while !permits(at(moment + wait)) { wait += 1 }
            waits.append(wait)
            moment += wait
            breaker.failed("still none", at: at(moment))
        }
        #expect(waits == [2, 4, 8, 16, 30, 30, 30])
        for _ in 0..<2 {
            #expect(permits(at(moment + 30)))
            breaker.succeeded(at: at(moment + 30))
        }
        fail(5, at: at(moment + 31))
        #expect(!permits(at(moment + 32)))
        #expect(permits(at(moment + 33)))
    }

    @Test("gives the place of a trial that never ended to the next call")
    func lostTrial() {
        fail(5, at: at(0))
        #expect(permits(at(2)))
        #expect(!permits(at(16)))
        #expect(permits(at(18)))
    }

    @Test("does not take the end of an older call for that of a trial")
    func latecomers() {
        fail(5, at: at(0))
        breaker.succeeded(at: at(1))
        breaker.succeeded(at: at(1))
        #expect(breaker.state(at: at(1)) == .open)
        #expect(permits(at(2)))
        breaker.succeeded(at: at(2))
        breaker.succeeded(at: at(2))
        #expect(breaker.state(at: at(2)) == .halfOpen)
    }

    @Test("is said to be half open when it would take a trial that nobody makes")
    func unused() {
        fail(5, at: at(0))
        #expect(breaker.state(at: at(1.9)) == .open)
        #expect(breaker.state(at: at(2)) == .halfOpen)
    }

    @Test("remembers its last transitions with their reasons, and no more than it should")
    func history() {
        fail(5, at: at(0))
        #expect(permits(at(2)))
        breaker.failed("refused", at: at(2.5))
        #expect(
            breaker.history == [
                BreakerTransition(time: at(0), state: .open, reason: "no answer"),
                BreakerTransition(time: at(2), state: .halfOpen, reason: nil),
                BreakerTransition(time: at(2.5), state: .open, reason: "refused"),
            ])
        for round in 1...40 {
            let moment = at(Double(round) * 60)
            #expect(permits(moment))
            breaker.failed("refused", at: moment)
        }
        #expect(breaker.history.count == CircuitBreaker.maximumHistory)
        #expect(breaker.transitions == 83)
    }

    @Test("goes by another policy as soon as it has one, without changing its state")
    func reload() {
        fail(4, at: at(0))
        var strict = policy
        strict.failures = 1
        strict.openFor = .seconds(7)
        breaker.apply(strict)
        #expect(breaker.state(at: at(1)) == .closed)
        fail(1, at: at(1))
        #expect(breaker.state(at: at(7.9)) == .open)
        #expect(permits(at(8)))
    }
}
