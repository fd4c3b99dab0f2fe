import NIOCore
import Testing

@testable import Gateway

@Suite("The pulse of a loop")
struct LoopPulseTests {
    let pulse = LoopPulse(interval: .milliseconds(100))

    func at(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(1_000_000_000) + .milliseconds(milliseconds) }

    @Test("is calm while the loop beats in time, and before it beats at all")
    func calm() {
        #expect(pulse.takeLag(at: at(5_000)) == .zero)
        for moment in stride(from: Int64(0), through: 1_000, by: 100) { pulse.beat(at: at(moment)) }
        #expect(pulse.takeLag(at: at(1_050)) == .zero)
    }

    @Test("tells of a delay while it lasts, without the loop")
    func underWay() {
        pulse.beat(at: at(0))
        #expect(pulse.takeLag(at: at(700)) == .milliseconds(600))
        #expect(pulse.takeLag(at: at(1_700)) == .milliseconds(1_600))
    }

    @Test("tells of the worst delay once after it is over")
    func afterwards() {
        for moment in [0, 100, 550, 650, 780] { pulse.beat(at: at(Int64(moment))) }
        #expect(pulse.takeLag(at: at(800)) == .milliseconds(350))
        #expect(pulse.takeLag(at: at(850)) == .zero)
    }

    @Test("misses no beat of a loop that was stopped")
    func stopped() {
        pulse.beat(at: at(0))
        pulse.stop()
        #expect(pulse.takeLag(at: at(9_000)) == .zero)
    }
}
