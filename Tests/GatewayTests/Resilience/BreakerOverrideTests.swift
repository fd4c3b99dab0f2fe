import FleetModel
import Testing

@testable import Gateway

@Suite("A circuit breaker that an operator holds")
struct BreakerOverrideTests {
    static let start = CircuitBreakerTests.start

    func at(_ seconds: Double) -> UnixTime { Self.start.advanced(by: .seconds(seconds)) }

    func override(_ state: BreakerState, until: Double) -> BreakerOverride {
        BreakerOverride(state: state, by: "ana", reason: "repair", until: at(until))
    }

    @Test("open, refuses every call until its time is over, and is as before then")
    func open() {
        var breaker = CircuitBreaker(policy: BreakerPolicy(), at: at(0))
        breaker.hold(override(.open, until: 10), at: at(1))
        let refused = [1, 5, 9.9].map { !breaker.permits(at: at($0)) }
        #expect(refused == [true, true, true])
        let report = breaker.report(.stream, at: at(9))
        #expect((report.state, report.since, report.refusedTotal) == (.open, at(1), 3))
        #expect(report.override == override(.open, until: 10))
        let permitted = breaker.permits(at: at(10))
        #expect(permitted)
        #expect(breaker.report(.stream, at: at(10)).override == nil)
        #expect(breaker.history.map(\.state) == [.open, .closed])
    }

    @Test("closed, lets every call through, and failures open nothing")
    func closed() {
        var breaker = CircuitBreaker(policy: BreakerPolicy(), at: at(0))
        for _ in 0..<5 { breaker.failed("no answer", at: at(0)) }
        breaker.hold(override(.closed, until: 10), at: at(1))
        for _ in 0..<20 { breaker.failed("no answer", at: at(2)) }
        let permitted = breaker.permits(at: at(2))
        #expect(permitted)
        #expect(breaker.state(at: at(2)) == .closed)
        #expect(breaker.state(at: at(11)) == .halfOpen, "what it knew by itself waited meanwhile")
    }

    @Test("released, decides again at once")
    func released() {
        var breaker = CircuitBreaker(policy: BreakerPolicy(), at: at(0))
        breaker.hold(override(.open, until: 100), at: at(1))
        breaker.hold(nil, at: at(2))
        let permitted = breaker.permits(at: at(2))
        #expect(permitted)
        #expect(breaker.transitions == 2)
    }
}
