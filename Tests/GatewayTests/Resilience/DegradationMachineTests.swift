import FleetModel
import Testing

@testable import Gateway

@Suite("Degradation")
final class DegradationMachineTests {
    static let start = UnixTime(microseconds: 1_795_457_902_000_000)

    let policy = DegradationPolicy()
    var machine = DegradationMachine(at: start)

    /// Observes four times a second from the first moment up to the second one.
    @discardableResult
    func observe(
        lag: Int = 0, share: Double = 0, breakers: [BreakerReport] = [], from: Double, to: Double
    ) -> [DegradationReport] {
        stride(from: from, through: to, by: 0.25).compactMap { moment in
            machine.observe(
                DegradationMachine.Inputs(
                    loopLag: .milliseconds(lag), queueShare: share, breakers: breakers), policy,
                at: Self.start.advanced(by: .seconds(moment)))
        }
    }

    func breaker(_ name: BreakerName, _ state: BreakerState) -> BreakerReport {
        BreakerReport(
            name: name, state: state, since: Self.start, reason: "connection refused", failuresTotal: 5,
            refusedTotal: 0)
    }

    @Test("begins only after a figure was over its threshold for a while, and says which")
    func entering() {
        #expect(observe(lag: 180, from: 0, to: 0.25).isEmpty)
        #expect(observe(lag: 20, from: 0.5, to: 0.5).isEmpty, "it starts over after a calm moment")
        let changes = observe(lag: 180, from: 0.75, to: 2)
        #expect(changes.map(\.level) == [.samplingBestEffort])
        #expect(changes.first?.reason == "loop lag 180 ms over 100 ms")
        #expect(changes.first?.since == Self.start.advanced(by: .seconds(1.25)))
    }

    @Test("goes up by as many levels as are called for at once")
    func jumping() {
        #expect(observe(share: 0.95, from: 0, to: 0.5).map(\.level) == [.sheddingImportant])
        #expect(machine.report.reason == "queues 95% full, over 90%")
    }

    @Test("stays while the figure is under its threshold but not far under it")
    func hysteresis() {
        observe(share: 0.8, from: 0, to: 0.5)
        #expect(machine.report.level == .sheddingBestEffort)
        #expect(observe(share: 0.4, from: 0.75, to: 30).isEmpty)
    }

    @Test("ends level by level, each after a calm of its own")
    func leaving() {
        observe(lag: 2_000, from: 0, to: 0.5)
        let changes = observe(from: 0.75, to: 20)
        #expect(changes.map(\.level) == [.sheddingBestEffort, .samplingBestEffort, .normal])
        let moments = changes.map { Self.start.duration(to: $0.since).inSeconds }
        #expect(moments == [5.75, 11, 16.25])
    }

    @Test("does not end while it is called for again and again")
    func relapse() {
        observe(lag: 150, from: 0, to: 0.5)
        for second in 1...20 {
            #expect(observe(lag: second % 3 == 0 ? 150 : 0, from: Double(second), to: Double(second) + 0.75).isEmpty)
        }
        #expect(machine.report.level == .samplingBestEffort)
    }

    @Test("an open breaker of publications or streams calls for the first level, one of the registry for none")
    func breakers() {
        #expect(observe(breakers: [breaker(.registry, .open)], from: 0, to: 2).isEmpty)
        #expect(observe(breakers: [breaker(.stream, .halfOpen)], from: 3, to: 5).isEmpty)
        let changes = observe(breakers: [breaker(.stream, .open)], from: 6, to: 20)
        #expect(changes.map(\.level) == [.samplingBestEffort])
        #expect(machine.report.reason == "circuit breaker stream open: connection refused")
        #expect(observe(breakers: [breaker(.stream, .closed)], from: 21, to: 27).map(\.level) == [.normal])
    }
}
