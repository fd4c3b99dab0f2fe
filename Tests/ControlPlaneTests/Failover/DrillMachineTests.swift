import AdminAPI
import ControlPlane
import FleetModel
import Testing

@Suite("A failover drill")
struct DrillMachineTests {
    @Test("baseline, trigger, recovery, verification and clean-up end with PASS")
    func graceful() {
        var world = DrillWorld()
        var drill = triggered(&world)
        #expect(drill.failovers == 1)
        #expect(drill.steps.contains { $0.hasPrefix("baseline") })
        let trigger = drill.now
        world.moveAll(leaving: trigger + 1, back: trigger + 1.5)
        drill.now += 2
        drill.tick(world, until: { if case .verifying = $0 { true } else { false } })
        world.oldIsBack()
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        #expect(drill.stops == 2)
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        let report = drill.machine.report
        #expect(drill.outcome?.status == .done)
        #expect(report.verdict == .pass && report.reasons == [])
        #expect(report.number == 3)
        #expect(report.newPrimary == DrillWorld.new)
        #expect(report.workers.map(\.left) == [1, 1])
        #expect(report.recovery.map { abs($0 - 1.6) < 0.01 } == true)
        #expect(report.worstGap.map { abs($0 - 0.6) < 0.01 } == true)
        #expect(report.remains == [])
        #expect(report.timeline.count { $0.words.contains("+switch-master") } == 1)
        #expect(drill.acts == [.keep(report)])
    }

    @Test("messages that stop once more after the recovery are no steady state: it has to hold from then on")
    func interrupted() {
        var world = DrillWorld()
        var drill = triggered(&world)
        world.moveAll(leaving: drill.now + 1, back: drill.now + 1.5)
        drill.now += 2
        drill.tick(world, until: { if case .verifying = $0 { true } else { false } })
        world.oldIsBack()
        let recovered = drill.now
        drill.tick(world)
        world.interruptions = [recovered + 1.2...recovered + 2]
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        #expect(drill.now == recovered + 5, "three seconds from the end of the interruption")
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        #expect(drill.machine.report.verdict == .pass)
        #expect(drill.machine.report.worstGap.map { abs($0 - 0.8) < 0.01 } == true)
    }

    @Test("workers that do not recover in time fail it, and are named")
    func tooSlow() {
        var world = DrillWorld()
        world.options.maxRecovery = .seconds(10)
        var drill = triggered(&world)
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        #expect(drill.machine.report.verdict == .fail)
        #expect(drill.outcome?.status == .failed)
        #expect(drill.machine.report.reasons.first?.contains("gw-w0, gw-w1") == true)
    }

    @Test(
        "a critical message that was acknowledged and never came fails it; one of Pub/Sub is counted",
        arguments: [
            (ProbeLane.stream, DrillReport.Verdict.fail), (.pubsub, .pass),
        ])
    func losses(_ lane: ProbeLane, _ verdict: DrillReport.Verdict) {
        var world = DrillWorld()
        var drill = triggered(&world)
        world.missing = [lane: [12, 13]]
        drill = finished(drill, &world)
        let accounts = drill.machine.report.workers.compactMap { $0.lane(lane) }
        #expect(accounts.map(\.lost) == [4, 4])
        #expect(drill.machine.report.verdict == verdict)
    }

    @Test("a critical message that comes twice fails it")
    func duplicates() {
        var world = DrillWorld()
        var drill = triggered(&world)
        world.duplicated = 1
        drill = finished(drill, &world)
        #expect(drill.machine.report.verdict == .fail)
    }

    @Test("a Sentinel that refuses ends it before anything has happened")
    func refused() {
        var world = DrillWorld()
        world.send(upTo: 20)
        var drill = DrivenDrill(world.plan())
        drill.begin(world)
        for _ in 0..<6 { drill.tick(world, refusing: AdminError(.conflict, "NOGOODSLAVE")) }
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        #expect(drill.machine.report.verdict == .aborted)
        #expect(drill.machine.report.reasons.first?.contains("NOGOODSLAVE") == true)
        #expect(drill.outcome?.status == .failed)
    }

    @Test("what changes for the worse during the baseline keeps it from being triggered")
    func worsening() {
        var world = DrillWorld()
        world.send(upTo: 20)
        var drill = DrivenDrill(world.plan())
        drill.begin(world)
        drill.tick(world)
        world.hasQuorum = false
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        #expect(drill.failovers == 0)
        #expect(drill.stops == 2)
    }

    @Test("probes that do not arrive keep it from being triggered")
    func noProbes() {
        var drill = DrivenDrill(DrillWorld().plan())
        let world = DrillWorld()
        drill.begin(world)
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        #expect(drill.failovers == 0)
        #expect(drill.steps.last?.contains("probes do not arrive") == true)
    }

    @Test("a worker that is lost stops it")
    func lostWorker() {
        var world = DrillWorld()
        var drill = triggered(&world)
        world.hidden = [WorkerID("gw-w1")]
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        #expect(drill.steps.contains { $0.contains("gw-w1 does not answer") })
    }

    @Test("somebody who cancels it gets the clean-up all the same")
    func cancelled() {
        var world = DrillWorld()
        var drill = triggered(&world)
        drill.effects += drill.machine.receive(.cancel(by: "ana", reason: "enough"), at: world.at(drill.now))
        #expect(drill.stops == 2)
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        #expect(drill.outcome?.status == .cancelled)
        #expect(drill.machine.report.reasons == ["cancelled by ana: enough"])
    }

    @Test("a crash stops the process, and lets it go on once everybody has recovered")
    func crash() {
        var world = DrillWorld()
        world.options.mode = .crash
        world.process = .untouched
        world.send(upTo: 20)
        var drill = DrivenDrill(world.plan())
        drill.begin(world)
        drill.tick(world, until: { if case .triggering = $0 { true } else { false } })
        #expect(drill.acts == [.stopPrimary])
        world.process = .stopped(at: world.at(drill.now))
        drill.tick(world)
        #expect(drill.machine.stage == .failing)
        world.moveAll(leaving: drill.now + 1, back: drill.now + 2)
        drill.now += 3
        drill.tick(world)
        #expect(drill.acts == [.stopPrimary, .continuePrimary])
        world.process = .continued(at: world.at(drill.now))
        drill.tick(world)
        #expect(drill.acts.count == 2)
    }

    @Test("a crash that is cancelled lets the process go on, and says so if it does not")
    func cancelledCrash() {
        var world = DrillWorld()
        world.options.mode = .crash
        world.send(upTo: 20)
        var drill = DrivenDrill(world.plan())
        drill.begin(world)
        drill.tick(world, until: { if case .triggering = $0 { true } else { false } })
        world.process = .stopped(at: world.at(drill.now))
        drill.tick(world)
        drill.effects += drill.machine.receive(.cancel(by: "ana", reason: nil), at: world.at(drill.now))
        #expect(drill.acts.last == .continuePrimary)
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        #expect(drill.machine.report.remains.contains { $0.contains("kill -CONT") })
    }

    @Test("an old primary that does not come back is told as what remains")
    func remains() {
        var world = DrillWorld()
        let drill = finished(triggered(&world), &world, oldIsBack: false)
        #expect(drill.machine.report.verdict == .pass)
        #expect(drill.machine.report.remains.count == 1)
    }

    @Test("a drill whose leader went away is ended, and says so")
    func abandoned() {
        let world = DrillWorld()
        let plan = world.plan()
        var machine = DrillMachine(abandoned: FailoverDrillPlan(of: plan.operation))
        let effects = machine.receive(.fleet(world.fleet()), at: world.at(0))
        #expect(effects.count == 2)
        #expect(effects.contains { if case .end(let outcome) = $0 { outcome.status == .interrupted } else { false } })
    }

    @Test("a drill whose leader went away can be cancelled, and ends at once: nobody watches it")
    func abandonedAndCancelled() {
        let plan = DrillWorld().plan()
        var machine = DrillMachine(abandoned: FailoverDrillPlan(of: plan.operation))
        let effects = machine.receive(.cancel(by: "ana", reason: nil), at: DrillWorld.start)
        #expect(effects.contains { if case .end(let outcome) = $0 { outcome.status == .cancelled } else { false } })
    }

    @Test("the report is read by people and by programs")
    func report() throws {
        var world = DrillWorld()
        let drill = finished(triggered(&world), &world)
        let report = drill.machine.report
        let markdown = report.markdown
        for part in [
            "# Failover drill #3: PASS", "## Preflight", "## Timeline", "| gw-w0 |", "Nothing: all is as before",
        ] {
            #expect(markdown.contains(part), "\(part)")
        }
        let json = try AdminJSON.encode(report)
        #expect(try AdminJSON.decode(DrillReport.self, from: json) == report)
        #expect(String(decoding: json, as: UTF8.self).contains("\"max_recovery_seconds\":60"))
    }

    // MARK: - Parts

    /// A drill at the moment after its trigger.
    private func triggered(_ world: inout DrillWorld) -> DrivenDrill {
        world.send(upTo: 20)
        var drill = DrivenDrill(world.plan())
        drill.begin(world)
        drill.tick(world, until: { $0 == .failing })
        return drill
    }

    private func finished(_ drill: DrivenDrill, _ world: inout DrillWorld, oldIsBack: Bool = true) -> DrivenDrill {
        var drill = drill
        world.moveAll(leaving: drill.now + 1, back: drill.now + 1.5)
        if oldIsBack { world.oldIsBack() }
        drill.now += 2
        drill.tick(world, until: { if case .cleaning = $0 { true } else { false } })
        world.phase = .ended
        drill.tick(world, until: { $0 == .over })
        return drill
    }
}
