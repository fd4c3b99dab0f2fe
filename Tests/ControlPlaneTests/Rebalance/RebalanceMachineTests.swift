import AdminAPI
import FleetModel
import Testing

@testable import ControlPlane

@Suite("A rebalance as it runs")
struct RebalanceMachineTests {
    @Test(
        "brings an uneven fleet within tolerance without telling more clients to leave than the plan said",
        arguments: [
            [700, 100, 100, 100], [7_000, 1_000, 1_000, 1_000], [400, 260, 240, 100], [300, 300, 300, 0],
            [1_000, 0], [500, 480, 460, 20, 0], [90, 10, 10, 10],
        ])
    func converges(_ clients: [Int]) throws {
        var fleet = SimulatedFleet(clients, RebalanceOptions(ratePerSecond: 20))
        fleet.run()
        let outcome = try #require(fleet.outcome)
        #expect(outcome.status == .done, "\(outcome.words); \(fleet.counts)")
        let balance = Balance(fleet.counts.map(Double.init), tolerance: 0.1)
        #expect(fleet.counts.allSatisfy { balance.tolerates(Double($0)) }, "\(fleet.counts)")
        #expect(fleet.told <= fleet.machine.settings.moves)
        #expect(fleet.closedDoors == 0)
    }

    @Test("never empties a donor below the mean", arguments: [5.0, 50.0, 500.0])
    func noOvershoot(_ rate: Double) throws {
        var fleet = SimulatedFleet([3_000, 200, 200, 200], RebalanceOptions(ratePerSecond: rate))
        fleet.run()
        #expect(fleet.outcome?.status == .done)
        #expect((fleet.least[WorkerID("gw-w0")] ?? 0) >= 900 - 1)
        #expect((fleet.counts.max() ?? 0) <= 990 + 1, "\(fleet.counts)")
    }

    @Test("keeps to its rate over all donors together")
    func rate() {
        var fleet = SimulatedFleet([900, 800, 100, 100], RebalanceOptions(ratePerSecond: 10))
        var before = 0
        fleet.run { fleet, _ in
            #expect(fleet.told - before <= 12)
            before = fleet.told
        }
        #expect(fleet.outcome?.status == .done)
    }

    @Test("takes those who never come back for gone, and ends")
    func neverBack() throws {
        var fleet = SimulatedFleet([1_000, 100, 100, 100])
        fleet.neverBack = 0.3
        fleet.run()
        let outcome = try #require(fleet.outcome)
        #expect(outcome.status == .done || outcome.status == .partlyDone, "\(outcome.words)")
        #expect(fleet.told <= fleet.machine.settings.moves)
        #expect(fleet.closedDoors == 0)
    }

    @Test("waits for clients that take their time, rather than send others after them")
    func slowReturn() {
        var fleet = SimulatedFleet([1_000, 100, 100, 100])
        fleet.away = 8...12
        fleet.run()
        #expect(fleet.outcome?.status == .done)
        #expect((fleet.least[WorkerID("gw-w0")] ?? 0) >= 324)
    }

    @Test("stops when a worker dies under it, and has all doors opened")
    func deadWorker() throws {
        var fleet = SimulatedFleet([700, 100, 100, 100])
        fleet.run { fleet, tick in
            if tick == 8 { fleet[2].isAnswering = false }
        }
        let outcome = try #require(fleet.outcome)
        #expect(outcome.status == .failed)
        #expect(outcome.words.contains("gw-w2 does not answer any more"))
        #expect([0, 1, 3].allSatisfy { fleet[$0].accepts })
    }

    @Test("stops when a worker was started again under it")
    func restartedWorker() throws {
        var fleet = SimulatedFleet([700, 100, 100, 100])
        fleet.run { fleet, tick in
            guard tick == 8 else { return }
            fleet[0].clients = 0
            fleet[0].startedAt = fleet.now
            fleet[0].order = nil
            fleet[0].leaving = []
        }
        #expect(fleet.outcome?.status == .failed)
        #expect(fleet.outcome?.words.contains("gw-w0 died and was started again") == true)
        #expect(fleet.closedDoors == 0)
    }

    @Test("goes on without a worker that refuses its orders")
    func badDonor() throws {
        var fleet = SimulatedFleet([700, 500, 100, 100])
        fleet[1].refusal = AdminError(.conflict, "not now")
        fleet.run()
        #expect(fleet.steps.contains { $0.hasPrefix("gw-w1 refuses orders (not now)") })
        #expect(fleet[1].told == 0)
        #expect(fleet.outcome?.status == .partlyDone, "\(fleet.outcome?.words ?? "")")
        #expect(fleet.outcome?.words.contains("left out: gw-w1") == true)
    }

    @Test("goes on without a worker that somebody drains")
    func drainedWorker() {
        var fleet = SimulatedFleet([700, 100, 100, 100])
        fleet.run { fleet, tick in
            if tick == 5 { fleet[3].state = .draining }
        }
        #expect(fleet.steps.contains { $0.hasPrefix("gw-w3 is drained") })
        #expect(fleet.outcome?.status == .partlyDone, "\(fleet.outcome?.words ?? "")")
    }

    @Test("waits with a donor that is degraded for a while, and has it accept meanwhile")
    func degradedDonor() {
        var fleet = SimulatedFleet([700, 600, 100, 100])
        fleet.run { fleet, tick in
            fleet[1].isDegraded = (5..<12).contains(tick)
            if tick == 8 { #expect(fleet[1].accepts) }
        }
        #expect(fleet.steps.contains { $0.hasPrefix("gw-w1 is degraded") })
        #expect(fleet.steps.contains("gw-w1 takes part again"))
        #expect(fleet[1].told > 0)
        #expect(fleet.told <= fleet.machine.settings.moves)
        #expect(fleet.closedDoors == 0)
    }

    @Test("has all donors stop and accept when it is cancelled")
    func cancel() {
        var fleet = SimulatedFleet([700, 100, 100, 100])
        for _ in 0..<8 { fleet.tick() }
        let told = fleet.told
        fleet.tick(cancel: true)
        #expect(fleet.machine.state.phase == .cancelling)
        #expect(fleet.closedDoors == 0)
        fleet.run()
        #expect(fleet.outcome?.status == .cancelled)
        #expect(fleet.told == told)
    }

    @Test("stops at its deadline and says how far it came")
    func deadline() throws {
        var fleet = SimulatedFleet(
            [7_000, 100, 100, 100], RebalanceOptions(ratePerSecond: 10, deadline: .seconds(30)))
        fleet.run()
        let outcome = try #require(fleet.outcome)
        #expect(outcome.status == .partlyDone)
        #expect(outcome.words.contains("the deadline of 30 s is over"))
        #expect(fleet.told < 320)
        #expect(fleet.closedDoors == 0)
    }

    @Test("ends without an order when another leads the fleet")
    func fenced() {
        var fleet = SimulatedFleet([700, 100, 100, 100])
        for _ in 0..<4 { fleet.tick() }
        fleet[0].refusal = AdminError(.fenced, "another")
        fleet.tick()
        #expect(fleet.outcome?.status == .interrupted)
        let count = fleet.orders.count
        fleet.tick()
        #expect(fleet.orders.count == count)
    }

    @Test("tells of itself in figures")
    func state() {
        var fleet = SimulatedFleet([700, 100, 100, 100])
        for _ in 0..<10 { fleet.tick() }
        let state = fleet.machine.state
        #expect(state.phase == .running)
        #expect(state.progress > 0 && state.progress < 1)
        #expect(state.note.contains("of 450 told to move"))
        #expect(state.workers.map(\.worker) == fleet.workers.keys.sorted())
    }
}

@Suite("What stops a rebalance for the fleet's sake")
struct RebalanceWatchdogTests {
    @Test("is a p99 that stays over its bound, not one that touches it")
    func latency() {
        let options = RebalanceOptions(maximumLatency: .milliseconds(100))
        var watchdog = RebalanceWatchdog(
            RebalanceSettings(workers: [], moves: 1, ratePerSecond: 1, deadline: .seconds(1), options))
        var slow = Fleet()
        var sample = WorkerSample(
            worker: WorkerID("gw-w0"), node: "gw", version: "1", pid: 1, time: UnixTime(microseconds: 0),
            startedAt: UnixTime(microseconds: 0))
        slow.observe(sample, at: sample.time)
        sample.time = sample.time.advanced(by: .seconds(1))
        for _ in 0..<10 { sample.latency.record(.milliseconds(300)) }
        slow.observe(sample, at: sample.time)
        let verdicts = (0..<2).map { _ in watchdog.objection(to: slow.totals) }
        #expect(verdicts == [nil, nil])
        #expect(watchdog.objection(to: Fleet().totals) == nil)
        let again = (0..<3).map { _ in watchdog.objection(to: slow.totals) }
        #expect(again.dropLast().allSatisfy { $0 == nil })
        #expect(again.last??.text.contains("over the bound of 100 ms") == true)
    }
}

@Suite("Clients that are on their way")
struct ReturnWatchTests {
    private func second(_ second: Int) -> UnixTime { UnixTime(microseconds: Int64(second) * 1_000_000) }

    @Test("count until the fleet has grown by them, also while others leave at the same pace")
    func steadyFlow() {
        var watch = ReturnWatch()
        #expect(watch.absent(load: 1_000, left: 0, at: second(0)) == 0)
        for tick in 1...5 {
            #expect(
                watch.absent(load: Double(1_000 - 20 * tick), left: Double(20 * tick), at: second(tick))
                    == Double(20 * tick))
        }
        #expect(watch.absent(load: 900, left: 120, at: second(6)) == 100)
        #expect(watch.absent(load: 900, left: 140, at: second(7)) == 100)
        #expect(watch.absent(load: 1_000, left: 140, at: second(8)) == 0)
    }

    @Test("are given up after a while, and those who left by themselves were never awaited")
    func gone() {
        var watch = ReturnWatch()
        _ = watch.absent(load: 1_000, left: 0, at: second(0))
        #expect(watch.absent(load: 700, left: 100, at: second(1)) == 100)
        #expect(watch.absent(load: 700, left: 100, at: second(15)) == 100)
        #expect(watch.absent(load: 700, left: 100, at: second(16)) == 0)
        #expect(watch.absent(load: 650, left: 150, at: second(17)) == 50)
    }
}
