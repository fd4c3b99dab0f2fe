import FleetModel
import Testing

@Suite("A fleet")
struct FleetTests {
    let start = UnixTime(microseconds: 1_000_000_000)

    @Test("makes rates from two samples of one worker")
    func rates() {
        var fleet = Fleet()
        fleet.observe(sample("gw-w0", at: 0, out: 1_000), at: start)
        fleet.observe(sample("gw-w0", at: 2, out: 5_000), at: start.advanced(by: .seconds(2)))
        #expect(fleet.workers[WorkerID("gw-w0")]?.rates.messagesOutPerSecond == 2_000)
        #expect(fleet.totals.rates.messagesOutPerSecond == 2_000)
    }

    @Test("makes no rates across a restart of the worker")
    func restart() {
        var fleet = Fleet()
        fleet.observe(sample("gw-w0", at: 0, out: 9_000), at: start)
        var reborn = sample("gw-w0", at: 2, out: 10)
        reborn.startedAt = start.advanced(by: .seconds(1))
        fleet.observe(reborn, at: start.advanced(by: .seconds(2)))
        #expect(fleet.totals.rates.messagesOutPerSecond == 0)
    }

    @Test("calls a silent worker stale and leaves it out of the totals")
    func staleness() {
        var fleet = Fleet()
        fleet.observe(sample("gw-w0", at: 0, connections: 10), at: start)
        fleet.observe(sample("gw-w1", at: 0, connections: 20), at: start)
        fleet.observe(sample("gw-w1", at: 4, connections: 21), at: start.advanced(by: .seconds(4)))
        fleet.tick(at: start.advanced(by: .seconds(4)))
        #expect(fleet.workers[WorkerID("gw-w0")]?.isStale == true)
        #expect(fleet.totals.stale == 1)
        #expect(fleet.totals.connections == 21)
        #expect(fleet.totals.unheardConnections == 10)
    }

    @Test("takes percentiles from merged buckets")
    func percentiles() {
        var fleet = Fleet()
        for (worker, latency) in [("gw-w0", Duration.milliseconds(1)), ("gw-w1", .milliseconds(100))] {
            fleet.observe(sample(worker, at: 0), at: start)
            var later = sample(worker, at: 1)
            later.latency.record(latency, times: worker == "gw-w0" ? 99 : 1)
            fleet.observe(later, at: start.advanced(by: .seconds(1)))
        }
        let totals = fleet.totals
        #expect(totals.latency.count == 100)
        #expect((totals.latency.quantile(0.5)?.inSeconds ?? 1) < 0.002)
        #expect((totals.latency.quantile(1)?.inSeconds ?? 0) > 0.09)
    }

    @Test("tells planned churn from the rest")
    func churn() {
        var fleet = Fleet()
        fleet.observe(sample("gw-w0", at: 0, connections: 100), at: start)
        var later = sample("gw-w0", at: 30, connections: 90)
        later.closes = [CloseCount(code: 1006, count: 4), CloseCount(code: 1012, count: 6)]
        later.plannedClosesTotal = 6
        fleet.observe(later, at: start.advanced(by: .seconds(30)))
        #expect(abs(fleet.totals.churnPerMinute - 0.1) < 0.001)
        #expect(abs(fleet.totals.plannedChurnPerMinute - 0.06) < 0.001)
    }

    @Test("counts the connections of a worker that vanished or began anew as unplanned closes, for a minute")
    func departures() {
        var fleet = Fleet()
        for worker in ["gw-w0", "gw-w1", "gw-w2"] {
            fleet.observe(sample(worker, at: 0, connections: 100), at: start)
        }
        fleet.remove(WorkerID("gw-w0"), at: start.advanced(by: .seconds(1)))
        var reborn = sample("gw-w1", at: 2, connections: 0)
        reborn.startedAt = start.advanced(by: .seconds(1))
        fleet.observe(reborn, at: start.advanced(by: .seconds(2)))
        fleet.observe(sample("gw-w2", at: 2, connections: 300), at: start.advanced(by: .seconds(2)))
        fleet.tick(at: start.advanced(by: .seconds(2)))
        #expect(abs(fleet.totals.churnPerMinute - 200.0 / 500) < 0.001)
        #expect(fleet.totals.plannedChurnPerMinute == 0)
        fleet.tick(at: start.advanced(by: .seconds(63)))
        #expect(fleet.totals.churnPerMinute == 0)
    }

    @Test("counts what was left on a worker that was stopping as planned")
    func plannedDepartures() {
        var fleet = Fleet()
        var stopping = sample("gw-w0", at: 0, connections: 7)
        stopping.state = .stopping
        fleet.observe(stopping, at: start)
        fleet.remove(WorkerID("gw-w0"), at: start.advanced(by: .seconds(1)))
        #expect(fleet.totals.recentCloses == 7)
        #expect(fleet.totals.plannedChurnPerMinute == fleet.totals.churnPerMinute)
    }

    @Test("takes a count of planned closes that falls for a new count")
    func fallingPlannedCloses() {
        var fleet = Fleet()
        for (second, planned) in [(0, 9), (1, 2), (2, 3)] as [(Int, UInt64)] {
            var sample = sample("gw-w0", at: second, connections: 99)
            sample.closes = [CloseCount(code: 1012, count: UInt64(second) + 10)]
            sample.plannedClosesTotal = planned
            fleet.observe(sample, at: start.advanced(by: .seconds(second)))
        }
        #expect(abs(fleet.totals.plannedChurnPerMinute - 0.01) < 0.001)
    }

    @Test("spreads a room over the workers that hold it")
    func rooms() throws {
        var fleet = Fleet()
        let room = try #require(RoomName("ops:field"))
        for (worker, count) in [("gw-w0", 30), ("gw-w1", 10)] {
            var sample = sample(worker, at: 0)
            sample.topRooms = [RoomCount(room: room, criticality: .critical, connections: count)]
            fleet.observe(sample, at: start)
        }
        let spread = try #require(fleet.topRooms(limit: 5).first)
        #expect(spread.total == 40)
        #expect(spread.connections == [WorkerID("gw-w0"): 30, WorkerID("gw-w1"): 10])
    }

    private func sample(_ worker: String, at second: Int, connections: Int = 0, out: UInt64 = 0) -> WorkerSample {
        var sample = WorkerSample(
            worker: WorkerID(worker), node: "gw", version: "1", pid: 7, time: start.advanced(by: .seconds(second)),
            startedAt: start)
        sample.state = .active
        sample.connections = connections
        sample.messagesOut.bestEffort = out
        return sample
    }
}
