import AdminAPI
import ControlPlane
import FleetModel
import Testing

@Suite("A plan of a failover drill")
struct DrillPlanTests {
    @Test("finds nothing against a healthy Redis, and says what will come of it")
    func healthy() {
        let plan = DrillWorld().plan()
        #expect(plan.preflight.map(\.check) == DrillCheck.allCases)
        #expect(plan.preflight.allSatisfy { $0.answer == .okay })
        #expect(!plan.isRefused)
        #expect(plan.confirmation == "gad")
        #expect(
            plan.consequences.first?.text == "The Sentinels of gad promote a replica in the place of 10.0.0.4:6379.")
        #expect(plan.operation.kind == .failoverDrill)
        #expect(plan.operation.targets == [WorkerID("gw-w0"), WorkerID("gw-w1")])
    }

    @Test("without a quorum nothing overrides the refusal")
    func quorum() {
        var world = DrillWorld()
        world.hasQuorum = false
        let plan = world.plan()
        #expect(plan.isRefused)
        #expect(plan.preflight.filter(\.isRefusal).map(\.check) == [.quorum])
        #expect(plan.preflight.first(where: \.isRefusal)?.answer == .refusal(option: nil))
        #expect(plan.preflight.first(where: \.isRefusal)?.words.text.contains("NOQUORUM") == true)
    }

    @Test("no replica that could be promoted is a refusal, a single one a warning")
    func replicas() {
        var world = DrillWorld()
        world.replicas = ["10.0.0.5:6379"]
        #expect(finding(.replicas, world).answer == .warning)
        world.replicas = []
        #expect(finding(.replicas, world).answer == .refusal(option: nil))
    }

    @Test("a drill soon after another needs to be told so")
    func interval() {
        var world = DrillWorld()
        world.drills = DrillHistory(count: 1, lastAt: DrillWorld.start.advanced(by: .seconds(-3_600)))
        #expect(finding(.interval, world).answer == .refusal(option: "again"))
        world.options.again = true
        #expect(finding(.interval, world).answer == .warning)
        world.drills.lastAt = DrillWorld.start.advanced(by: .seconds(-91 * 86_400))
        #expect(finding(.interval, world).answer == .okay)
    }

    @Test("what lags, tilts, fails over, is open, runs or is blocked is refused, each with the flag that overrides it")
    func others() {
        let world = DrillWorld()
        var situation = world.situation()
        situation.redis[0].replicas[0].lagBytes = 2 << 20
        #expect(finding(.lag, situation).answer == .refusal(option: "allow-lag"))
        situation.redis[0].sentinels[1].tilt = true
        #expect(finding(.tilt, situation).answer == .refusal(option: nil))
        situation.redis[0].sentinels[2].flags = ["master", "failover_in_progress"]
        #expect(finding(.inProgress, situation).answer == .refusal(option: nil))
        situation.fleet.lose(WorkerID("gw-w1"), because: "gone")
        #expect(finding(.workers, situation).answer == .refusal(option: "allow-unhealthy"))
        situation.safety.engaged = true
        #expect(finding(.safety, situation).answer == .refusal(option: nil))
        situation.redis[0].master = nil
        #expect(finding(.sentinels, situation).answer == .refusal(option: nil))
        situation.redis = []
        #expect(finding(.primary, situation).answer == .refusal(option: nil))
    }

    @Test("a crash is refused where the primary is out of reach")
    func reach() {
        var situation = DrillWorld().situation()
        situation.reach = .outOfReach("it is elsewhere")
        #expect(finding(.reach, situation).answer == .okay)
        situation.options.mode = .crash
        #expect(finding(.reach, situation).answer == .refusal(option: nil))
    }

    private func finding(_ check: DrillCheck, _ world: DrillWorld) -> DrillFinding { finding(check, world.situation()) }

    private func finding(_ check: DrillCheck, _ situation: DrillSituation) -> DrillFinding {
        let all = FailoverDrillPlan(in: situation).preflight
        return all[DrillCheck.allCases.firstIndex(of: check) ?? 0]
    }
}
