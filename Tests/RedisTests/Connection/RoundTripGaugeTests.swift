import NIOCore
import Testing

@testable import Redis

@Suite("Round trip gauge")
struct RoundTripGaugeTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test("it tells the last round trip, the wait under way where that is longer, and nothing without a connection")
    func reading() {
        let gauge = RoundTripGauge()
        gauge.asked(at: start)
        #expect(gauge.value(at: start + .seconds(9)) == nil)
        gauge.answered(after: .milliseconds(3))
        #expect(gauge.value(at: start + .seconds(9)) == .milliseconds(3))
        gauge.asked(at: start + .seconds(9))
        #expect(gauge.value(at: start + .seconds(9)) == .milliseconds(3))
        #expect(gauge.value(at: start + .seconds(11)) == .seconds(2))
        gauge.lost()
        #expect(gauge.value(at: start + .seconds(11)) == nil)
    }
}
