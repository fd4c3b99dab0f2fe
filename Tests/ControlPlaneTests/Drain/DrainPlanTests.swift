import FleetModel
import Testing

@testable import ControlPlane

@Suite("A drain plan")
struct DrainPlanTests {
    let w0 = WorkerID("gw-w0")
    let w1 = WorkerID("gw-w1")

    @Test("says how many leave and who takes them before anything is touched")
    func consequences() {
        let plan = DrainPlan(of: [w0], in: fleet(connections: [600, 400]), options: DrainOptions())
        #expect(plan.leaving == 600)
        #expect(plan.recipients == [w1])
        #expect(!plan.isRefused)
        #expect(plan.confirmation == "gw-w0")
        #expect(
            plan.consequences.map(\.text) == [
                "gw-w0: nothing new is accepted, 600 connections leave.",
                "They reconnect to gw-w1.",
                "Done in about 4 m 04 s: clients are told first, stragglers closed at no more than 5/s.",
                "Churn will read 14.8%/min, marked planned.",
            ])
    }

    @Test("refuses the last active worker and says what overrides it")
    func lastWorker() {
        let alone = fleet(connections: [10])
        let refused = DrainPlan(of: [w0], in: alone, options: DrainOptions())
        #expect(refused.objections.map(\.severity) == [.refusal(option: "allow-last")])
        let forced = DrainPlan(of: [w0], in: alone, options: DrainOptions(allowLast: true))
        #expect(forced.objections.map(\.severity) == [.warning])
        #expect(!forced.isRefused)
    }

    @Test("refuses all workers together as it refuses the last one")
    func everyWorker() {
        let plan = DrainPlan(of: [w0, w1], in: fleet(connections: [1, 1]), options: DrainOptions())
        #expect(plan.isRefused)
        #expect(plan.confirmation == "drain 2 workers")
    }

    @Test("refuses a worker nobody knows and names those there are")
    func unknown() {
        let plan = DrainPlan(of: [WorkerID("gw-w9")], in: fleet(connections: [1, 1]), options: DrainOptions())
        #expect(plan.objections.map(\.words.text) == ["no worker gw-w9 in this fleet; it has: gw-w0, gw-w1"])
    }

    @Test("refuses a worker that does not answer")
    func stale() {
        var fleet = fleet(connections: [1, 1])
        fleet.lose(w0, because: "connection refused")
        #expect(DrainPlan(of: [w0], in: fleet, options: DrainOptions()).isRefused)
        #expect(DrainPlan(of: [w1], in: fleet, options: DrainOptions()).recipients.isEmpty)
    }

    @Test("refuses a rate that cannot meet the deadline and says which would")
    func unreachableDeadline() {
        let options = DrainOptions(ratePerSecond: 10, deadline: .seconds(20))
        let plan = DrainPlan(of: [w0], in: fleet(connections: [1000, 5]), options: options)
        #expect(
            plan.objections.map(\.words.text) == [
                "1,000 connections cannot be closed in time: it takes 100/s, or a later deadline"
            ])
    }

    @Test("takes as long as a given rate needs")
    func rateOnly() {
        let options = DrainOptions(ratePerSecond: 100)
        let plan = DrainPlan(of: [w0], in: fleet(connections: [1000, 1000]), options: options)
        #expect(plan.duration == .seconds(24))
        #expect(plan.request.ratePerSecond == 100)
        #expect(plan.request.deadlineSeconds == nil)
    }

    @Test(
        "keeps the fleet's churn at 5% a minute where neither rate nor deadline is given, over all that drain at once")
    func budget() {
        let large = fleet(connections: [10_000, 10_000, 10_000, 10_000])
        #expect(DrainPlan(of: [w0], in: large, options: DrainOptions()).request.ratePerSecond == 33.4)
        let parallel = DrainPlan(of: [w0, w1], in: large, options: DrainOptions(parallel: 2))
        #expect(parallel.request.ratePerSecond == 16.7)
        #expect(parallel.plannedChurnPerMinute < 0.05)
    }

    @Test("refuses to leave less of the fleet than is to be kept, and says with which option it would go")
    func keep() {
        let refused = DrainPlan(of: [w0, w1], in: fleet(connections: [1, 1, 1]), options: DrainOptions())
        #expect(refused.objections.map(\.severity) == [.refusal(option: "keep 33%")])
        let kept = DrainOptions(keep: 0.33)
        #expect(!DrainPlan(of: [w0, w1], in: fleet(connections: [1, 1, 1]), options: kept).isRefused)
    }

    @Test("refuses what the worker would refuse, whatever the figures are", arguments: [1e-99, 0, -1, .nan, 1e99])
    func impossibleRates(_ rate: Double) {
        let plan = DrainPlan(of: [w0], in: fleet(connections: [10, 10]), options: DrainOptions(ratePerSecond: rate))
        #expect(plan.isRefused)
        #expect(
            DrainPlan(of: [w0], in: fleet(connections: [1, 1]), options: DrainOptions(deadline: .seconds(90_000)))
                .isRefused)
    }

    @Test("is read back from its wire form by whoever takes it over")
    func parameters() {
        let options = DrainOptions(ratePerSecond: 12.5, deadline: .seconds(90), keep: 0.5, parallel: 3)
        let plan = DrainPlan(of: [w0], in: fleet(connections: [100, 100]), options: options)
        let read = DrainParameters(texts: plan.operation.parameters)
        #expect(read.ratePerSecond == 12.5 && read.deadline == .seconds(90) && read.parallel == 3)
        #expect(read.keptCapacity == 20_000)
    }

    @Test("warns when the others have too few descriptors left")
    func capacity() {
        let plan = DrainPlan(of: [w0], in: fleet(connections: [9_000, 10], maxFDs: 1_000), options: DrainOptions())
        #expect(plan.objections.map(\.severity) == [.warning])
    }

    private func fleet(connections: [Int], maxFDs: Int = 20_000) -> Fleet {
        var fleet = Fleet()
        let time = UnixTime(microseconds: 1_000_000)
        for (index, count) in connections.enumerated() {
            var sample = WorkerSample(
                worker: WorkerID(node: "gw", index: index), node: "gw", version: "1", pid: 1, time: time,
                startedAt: time)
            sample.state = .active
            sample.connections = count
            sample.maxFDs = maxFDs
            fleet.observe(sample, at: time)
        }
        return fleet
    }
}
