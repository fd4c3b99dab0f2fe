import AdminAPI
import FleetModel
import Testing

@testable import ControlPlane

@Suite("A rebalance plan")
struct RebalancePlanTests {
    let time = UnixTime(microseconds: 1_000_000)

    @Test("says who gives how many to whom, for how long and at which rate, before anything is touched")
    func consequences() {
        let plan = RebalancePlan(in: fleet([700, 100, 100, 100]), options: RebalanceOptions(ratePerSecond: 15))
        #expect(plan.donors.map(\.count) == [450])
        #expect(plan.recipients.map(\.count) == [150, 150, 150])
        #expect(!plan.isRefused)
        #expect(plan.settings.moves == 450)
        #expect(
            plan.consequences.map(\.text) == [
                "gw-w0 (700, +180%) give 450 connections and accept no new ones meanwhile.",
                "gw-w1 (100, -60%), gw-w2 (100, -60%), gw-w3 (100, -60%) take them; each worker ends at about 250.",
                "Done in about 33 s at 15/s, and stopped after 2 m 06 s.",
                "Churn will read 45.0%/min, marked planned.",
            ])
        #expect(plan.operation.targets == [WorkerID("gw-w0")])
        #expect(plan.operation.kind == .rebalance)
    }

    @Test("takes its rate from the churn budget of the fleet")
    func standardRate() {
        let plan = RebalancePlan(in: fleet([14_000, 2_000, 2_000, 2_000]), options: RebalanceOptions())
        #expect(plan.settings.ratePerSecond == 16.66)
        #expect(plan.plannedChurnPerMinute <= 0.05)
        #expect(!plan.objections.contains { $0.words.text.contains("churn") })
    }

    @Test("is refused at a rate that workers do not take, or that would take days", arguments: [1e-300, 0.001, 1e300])
    func impossibleRate(rate: Double) {
        let plan = RebalancePlan(in: fleet([700, 100, 100, 100]), options: RebalanceOptions(ratePerSecond: rate))
        #expect(plan.isRefused)
        #expect(plan.objections.contains { $0.words.text.contains("rate must be above 0") })
    }

    @Test("finds nothing to balance within tolerance, nor over a handful of clients")
    func nothing() {
        let even = RebalancePlan(in: fleet([1_050, 1_000, 960, 990]), options: RebalanceOptions())
        #expect(even.isNothingToDo)
        #expect(!even.isRefused)
        #expect(
            even.consequences.map(\.text) == [
                "Nothing to balance: every worker is within 100 connections of the mean of 1,000."
            ])
        #expect(RebalancePlan(in: fleet([14, 0, 3, 1]), options: RebalanceOptions()).isNothingToDo)
        #expect(
            !RebalancePlan(in: fleet([1_050, 1_000, 960, 990]), options: RebalanceOptions(tolerance: 0.02))
                .isNothingToDo)
    }

    @Test("sees one empty worker among full ones")
    func emptyWorker() {
        let plan = RebalancePlan(in: fleet([100, 100, 100, 100, 0]), options: RebalanceOptions())
        #expect(plan.donors.map(\.count) == [20, 20, 20, 20])
        #expect(plan.recipients.map(\.worker) == [WorkerID("gw-w4")])
    }

    @Test("leaves out workers that are drained, degraded or silent, and names them")
    func leftOut() {
        var fleet = fleet([700, 100, 100, 100, 100])
        fleet.lose(WorkerID("gw-w1"), because: "connection refused")
        fleet.observe(sample(2, 100) { $0.state = .draining }, at: time)
        fleet.observe(sample(3, 100) { $0.degraded = "Redis is away" }, at: time)
        let plan = RebalancePlan(in: fleet, options: RebalanceOptions())
        #expect(plan.settings.workers == [WorkerID("gw-w0"), WorkerID("gw-w4")])
        #expect(
            plan.objections.filter { $0.worker != nil }.map(\.words.text) == [
                "gw-w1 does not answer: it is left out", "gw-w2 is drained: it is left out",
                "gw-w3 is degraded (Redis is away): it is left out",
            ])
        #expect(!plan.isRefused)
    }

    @Test("is refused with a single worker, and with a deadline that its rate cannot keep")
    func refusals() {
        #expect(RebalancePlan(in: fleet([100]), options: RebalanceOptions()).isRefused)
        let late = RebalancePlan(
            in: fleet([1_000, 0]), options: RebalanceOptions(ratePerSecond: 10, deadline: .seconds(20)))
        #expect(late.isRefused)
        #expect(late.objections.contains { $0.words.text.contains("it takes about 25/s") })
    }

    @Test("counts the members of rooms, warns of critical ones, and refuses rooms that nobody is in")
    func rooms() throws {
        let room = try #require(RoomName("gov:alerts"))
        var uneven = Fleet()
        for (index, count) in [300, 20].enumerated() {
            uneven.observe(
                sample(index, 500) {
                    $0.rooms = 1
                    $0.topRooms = [RoomCount(room: room, criticality: .critical, connections: count)]
                }, at: time)
        }
        let plan = RebalancePlan(in: uneven, options: RebalanceOptions(rooms: RoomPattern("gov:*")))
        #expect(plan.donors.map(\.count) == [140])
        #expect(plan.objections.contains { $0.words.text.hasPrefix("gov:alerts: critical") })
        #expect(RebalancePlan(in: uneven, options: RebalanceOptions(rooms: RoomPattern("x"))).isRefused)
    }

    @Test("with more rooms than samples name goes by counts, and is refused without them")
    func countedRooms() throws {
        let (room, pattern) = (try #require(RoomName("ops:1")), try #require(RoomPattern("ops:*")))
        var fleet = Fleet()
        for index in 0..<3 {
            fleet.observe(
                sample(index, 500) {
                    $0.rooms = 400
                    $0.topRooms = [RoomCount(room: room, criticality: .important, connections: 9)]
                }, at: time)
        }
        let blind = RebalancePlan(in: fleet, options: RebalanceOptions(rooms: pattern))
        #expect(blind.isRefused)
        #expect(blind.objections.contains { $0.words.text.contains("nobody counted them") })

        for (index, members) in [400, 100].enumerated() {
            let worker = WorkerID(node: "gw", index: index)
            fleet.note(RoomTally(pattern: pattern, members: members, criticalRooms: [room]), of: worker)
        }
        let plan = RebalancePlan(in: fleet, options: RebalanceOptions(rooms: pattern))
        #expect(!plan.isRefused, "\(plan.objections.map(\.words.text))")
        #expect(plan.donors.map(\.connections) == [400] && plan.donors.map(\.count) == [150])
        #expect(plan.leftOut.map(\.worker) == [WorkerID("gw-w2")], "one that did not count is left out")
        #expect(plan.objections.contains { $0.words.text.hasPrefix("ops:1: critical") })
        #expect(plan.machine().countedRooms == pattern)

        fleet.observe(sample(0, 500) { $0.rooms = 400 }, at: time)
        #expect(fleet.workers[WorkerID("gw-w0")]?.tally(of: pattern) == nil, "a count is as old as its sample")
    }

    @Test("warns of a rate over the budget, and of recipients short of descriptors")
    func warnings() {
        var fleet = fleet([9_000, 9_000])
        fleet.observe(sample(1, 100) { $0.maxFDs = 200 }, at: time)
        let plan = RebalancePlan(in: fleet, options: RebalanceOptions(ratePerSecond: 500))
        #expect(plan.objections.count == 2)
        #expect(!plan.isRefused)
    }

    @Test("says in its parameters all that whoever takes it over has to know")
    func parameters() {
        let options = RebalanceOptions(
            tolerance: 0.05, ratePerSecond: 12.5, rooms: RoomPattern("gov:*"), deadline: .seconds(90),
            maximumLatency: .milliseconds(250), maximumErrorsPerSecond: 3)
        let plan = RebalancePlan(in: fleet([700, 100]), options: options)
        #expect(RebalanceSettings(parameters: plan.operation.parameters) == plan.settings)
        #expect(RebalanceSettings(parameters: [:]) == nil)
    }

    private func fleet(_ connections: [Int]) -> Fleet {
        var fleet = Fleet()
        for (index, count) in connections.enumerated() { fleet.observe(sample(index, count), at: time) }
        return fleet
    }

    private func sample(_ index: Int, _ count: Int, _ change: (inout WorkerSample) -> Void = { _ in }) -> WorkerSample {
        var sample = WorkerSample(
            worker: WorkerID(node: "gw", index: index), node: "gw", version: "1", pid: 1, time: time, startedAt: time)
        sample.state = .active
        sample.connections = count
        sample.maxFDs = 20_000
        change(&sample)
        return sample
    }
}
