import FleetModel
import Testing

@Suite("Latencies and closes of a fleet over time")
struct LatencyFlowTests {
    private func sample(
        _ worker: String = "w", second: Int, recorded: [(Duration, UInt64)], startedAt: Int = -60,
        closes: [CloseCount] = [], classes: Bool = true
    ) -> WorkerSample {
        var sample = WorkerSample(
            worker: WorkerID(worker), node: "n", version: "1", pid: 1, time: UnixTime(seconds: Double(100 + second)),
            startedAt: UnixTime(seconds: Double(100 + startedAt)))
        for (latency, times) in recorded { sample.latency.record(latency, times: times) }
        if classes {
            sample.latencyByClass = LatencyByClass()
            if let first = recorded.first { sample.latencyByClass?.critical.record(first.0, times: first.1) }
        }
        sample.closes = closes
        return sample
    }

    private func fleet(_ samples: [[WorkerSample]]) -> Fleet {
        var fleet = Fleet()
        for (second, told) in samples.enumerated() {
            let now = UnixTime(seconds: Double(100 + second))
            for sample in told { fleet.observe(sample, at: now) }
            fleet.tick(at: now)
        }
        fleet.tick(at: UnixTime(seconds: 100 + max(5, Double(samples.count))))
        return fleet
    }

    @Test("count each message once, over all workers")
    func once() {
        let fleet = fleet([
            [
                sample("a", second: 0, recorded: [(.milliseconds(1), 50)]),
                sample("b", second: 0, recorded: [(.milliseconds(9), 5)]),
            ],
            [
                sample("a", second: 1, recorded: [(.milliseconds(1), 60), (.milliseconds(300), 2)]),
                sample("b", second: 1, recorded: [(.milliseconds(9), 8)]),
            ],
        ])
        #expect(fleet.latencyFlow.latest.count == 10 + 2 + 3)
        #expect(fleet.latencyFlow.window.histogram(of: .critical).count == 10 + 3)
        #expect(fleet.latencyFlow.window.histogram(of: .bestEffort).count == 2)
        #expect(LatencyBands.counts(of: fleet.latencyFlow.latest).reduce(0, +) == 15)
    }

    @Test("count what a worker recorded before it began anew or left")
    func ends() {
        var fleet = fleet([[sample(second: 0, recorded: [(.milliseconds(1), 50)])]])
        fleet.observe(sample(second: 6, recorded: [(.milliseconds(1), 57)]), at: UnixTime(seconds: 106))
        fleet.observe(sample(second: 7, recorded: [(.milliseconds(1), 3)], startedAt: 7), at: UnixTime(seconds: 107))
        fleet.observe(sample(second: 8, recorded: [(.milliseconds(1), 5)], startedAt: 7), at: UnixTime(seconds: 108))
        fleet.remove(WorkerID("w"), at: UnixTime(seconds: 109))
        fleet.tick(at: UnixTime(seconds: 110))
        #expect(fleet.latencyFlow.latest.count == 7 + 2)
    }

    @Test("count nothing for a worker that begins anew, until its next sample")
    func restart() {
        let fleet = fleet([
            [sample(second: 0, recorded: [(.milliseconds(1), 50)], closes: [CloseCount(code: 1006, count: 9)])],
            [
                sample(
                    second: 1, recorded: [(.milliseconds(1), 70)], startedAt: 1,
                    closes: [CloseCount(code: 1006, count: 11)])
            ],
        ])
        #expect(fleet.latencyFlow.latest.count == 0)
        #expect(fleet.closeTally.byCode.isEmpty)
    }

    @Test("count nothing for a worker whose counts go back")
    func backwards() {
        let fleet = fleet([
            [sample(second: 0, recorded: [(.milliseconds(1), 50), (.milliseconds(9), 1)])],
            [sample(second: 1, recorded: [(.milliseconds(1), 80)])],
        ])
        #expect(fleet.latencyFlow.latest.count == 0)
    }

    @Test("tell no class where the workers do not")
    func unclassified() {
        let fleet = fleet([
            [sample(second: 0, recorded: [(.milliseconds(1), 50)], classes: false)],
            [sample(second: 1, recorded: [(.milliseconds(1), 80)], classes: false)],
        ])
        #expect(fleet.latencyFlow.window.all.count == 30)
        #expect(fleet.latencyFlow.window.classified.count == 0)
    }

    @Test("know the closes of the last minute by code")
    func closes() {
        var samples = [[sample(second: 0, recorded: [], closes: [CloseCount(code: 1001, count: 7)])]]
        samples.append([
            sample(
                second: 1, recorded: [],
                closes: [CloseCount(code: 1001, count: 9), CloseCount(code: 3008, count: 4)])
        ])
        #expect(fleet(samples).closeTally.byCode == [1001: 2, 3008: 4])
        for _ in 0..<CloseTally.length { samples.append([]) }
        #expect(fleet(samples).closeTally.byCode.isEmpty)
    }

    @Test("fall into bands whose bounds split no bucket")
    func bands() {
        for band in 1..<LatencyBands.count {
            let bound = LatencyBands.lowerBound(of: band)
            #expect(LatencyBands.band(of: bound) == band)
            #expect(LatencyBands.band(of: bound - .microseconds(1)) == band - 1)
        }
        #expect(LatencyBands.band(of: .zero) == 0)
        #expect(LatencyBands.band(of: .seconds(7_200)) == LatencyBands.count - 1)
    }
}
