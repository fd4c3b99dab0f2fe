import AdminAPI
import Console
import FleetModel
import Testing

@Suite("Health")
struct HealthTests {
    /// The findings of a fleet of four of which the first worker is not as it should be.
    private func findings(_ adjust: @escaping @Sendable (inout WorkerSample, Int) -> Void) -> [Finding] {
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        console["gw1-w0"].adjust = adjust
        console.run(seconds: 3)
        return console.model.shown.snapshot.health.findings
    }

    @Test("a fleet at rest is OK without a finding")
    func rest() {
        #expect(findings { _, _ in }.isEmpty)
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        #expect(console.text.contains("WAIT"))
        console.run(seconds: 2)
        #expect(console.lines[0].contains(" OK "))
    }

    @Test("a loop that lags is a warning over 100 ms and critical over 1 s")
    func lag() {
        #expect(findings { sample, _ in sample.loopLag = .milliseconds(100) }.isEmpty)
        #expect(
            findings { sample, _ in sample.loopLag = .milliseconds(112) }.map(\.sentence) == ["loop lag gw1-w0, 112 ms"]
        )
        #expect(findings { sample, _ in sample.loopLag = .seconds(2) }.map(\.severity) == [.critical])
    }

    @Test("descriptors are a warning over 80% and critical over 95%")
    func descriptors() {
        #expect(findings { sample, _ in sample.openFDs = 16_000 }.isEmpty)
        #expect(findings { sample, _ in sample.openFDs = 16_600 }.map(\.severity) == [.warning])
        #expect(findings { sample, _ in sample.openFDs = 19_600 }.map(\.severity) == [.critical])
    }

    @Test("an open breaker is critical, a half open one and a degraded worker are warnings")
    func breaker() {
        let open = findings { sample, _ in sample.set([.stream], .open, since: 1, because: "no answer in 500 ms") }
        #expect(open.map(\.severity) == [.critical])
        #expect(open.map(\.sentence) == ["stream breaker open gw1-w0, for 2 s: no answer in 500 ms"])
        let half = findings { sample, _ in sample.set([.publish, .registry], .halfOpen, since: 0) }
        #expect(half.map(\.severity) == [.warning])
        #expect(half.map(\.sentence) == ["2 breakers half open gw1-w0, publish, registry, for 3 s"])
        let degraded = findings { sample, _ in sample.degraded = "Redis is away" }
        #expect(degraded.map(\.sentence) == ["degraded gw1-w0, Redis is away"])
    }

    @Test("degradation is told with what is left undone, and is critical once important messages are")
    func degradation() {
        let sampling = findings { sample, _ in sample.degrade(to: .samplingBestEffort, since: 1, because: "loop lag") }
        #expect(sampling.map(\.severity) == [.warning])
        #expect(sampling.map(\.sentence) == ["degraded gw1-w0, samples best effort for 2 s: loop lag"])
        let shedding = findings { sample, _ in sample.degrade(to: .sheddingImportant, since: 1, because: "queues") }
        #expect(shedding.map(\.severity) == [.critical])
    }

    @Test("an echo through Redis over 5 s old is a warning, one over 30 s critical")
    func echo() {
        #expect(findings { sample, _ in sample.echoAge = .seconds(5) }.isEmpty)
        #expect(
            findings { sample, _ in sample.echoAge = .seconds(7) }.map(\.sentence) == [
                "no Redis echo gw1-w0, for 7 s"
            ])
        #expect(findings { sample, _ in sample.echoAge = .seconds(31) }.map(\.severity) == [.critical])
    }

    @Test("a Redis that answers late is a warning at once, told once for all workers")
    func slowRedis() {
        #expect(findings { sample, _ in sample.redisRoundTrip = .milliseconds(500) }.isEmpty)
        #expect(
            findings { sample, _ in sample.redisRoundTrip = .milliseconds(700) }.map(\.sentence) == [
                "Redis slow gw1-w0, 700 ms for a reply"
            ])
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        for index in 0..<4 { console["gw1-w\(index)"].adjust = { sample, _ in sample.redisRoundTrip = .seconds(2) } }
        console.run(seconds: 2)
        #expect(console.lines[0].contains("WARN 1 ▸ Redis slow, 2.0 s for a reply"))
    }

    @Test("a Redis that is away is told once, before everything that follows from it")
    func redisAway() {
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        for index in 0..<4 {
            console["gw1-w\(index)"].adjust = { sample, _ in
                sample.set(BreakerName.allCases, .open, since: 0, because: "no answer")
                sample.echoAge = .seconds(12)
                if index == 0 { sample.degraded = "Redis does not answer" }
                if index == 1 { sample.degrade(to: .samplingBestEffort, since: 1, because: "circuit breaker open") }
                if index == 2 { sample.degrade(to: .sheddingImportant, since: 1, because: "loop lag") }
            }
        }
        console.run(seconds: 2)
        #expect(console.model.shown.snapshot.health.findings.map(\.kind) == [.redis, .degraded])
        #expect(console.lines[0].contains("CRIT 2 ▸ Redis away for 12 s • degraded gw1-w2"))
    }

    @Test("one worker's open breakers are its own")
    func ownBreakers() {
        let findings = findings { sample, _ in sample.set(BreakerName.allCases, .open, since: 0) }
        #expect(findings.map(\.kind) == [.breaker])
    }

    @Test("a storm is told with its rate and the usual one")
    func storm() {
        let findings = findings { sample, _ in
            let since = ScriptedWorker.time(1)
            sample.storm = StormReport(since: since, connectsPerSecond: 1_200, baselinePerSecond: 40)
        }
        #expect(findings.map(\.sentence) == ["connect storm gw1-w0, 1,200/s, usually 40/s, for 2 s"])
    }

    @Test("drops are a warning while they last")
    func drops() {
        let dropping = findings { sample, second in sample.dropped.bestEffort = UInt64(12 * second) }
        #expect(dropping.map(\.sentence) == ["dropping gw1-w0, 12/s"])
        #expect(findings { sample, _ in sample.dropped.bestEffort = 500 }.isEmpty)
        let explained = findings { sample, second in
            sample.dropped.bestEffort = UInt64(12 * second)
            sample.drops = [
                DropCount(criticality: .bestEffort, reason: .rate, count: UInt64(2 * second)),
                DropCount(criticality: .bestEffort, reason: .degraded, count: UInt64(10 * second)),
            ]
        }
        #expect(explained.map(\.sentence) == ["dropping gw1-w0, 12/s, best effort, degraded"])
    }

    @Test("a p95 over 500 ms is critical; a p99 over it a warning")
    func latency() {
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        console["gw1-w0"].latency = .milliseconds(40)
        console.run(seconds: 3)
        #expect(console.model.shown.snapshot.health.findings.map(\.severity) == [.warning])
        console["gw1-w0"].latency = .milliseconds(90)
        console.run(seconds: 20)
        #expect(console.model.shown.snapshot.health.severity == .critical)
    }

    @Test("unplanned churn over 5% a minute is a warning, planned churn pages nobody")
    func churn() {
        let unplanned = findings { sample, second in
            sample.closes = [CloseCount(code: 1006, count: UInt64(second) * 150)]
        }
        #expect(unplanned.map(\.kind) == [.churn])
        let planned = findings { sample, second in
            sample.closes = [CloseCount(code: 1012, count: UInt64(second) * 150)]
            sample.plannedClosesTotal = UInt64(second) * 150
        }
        #expect(planned.isEmpty)
    }

    @Test("a worker with over one and a half times the mean is hot, unless the fleet is tiny")
    func hot() {
        #expect(findings { sample, _ in sample.connections = 7_500 }.map(\.kind) == [.hot])
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        for index in 0..<4 { console["gw1-w\(index)"].connections = index == 0 ? 90 : 10 }
        console.run(seconds: 2)
        #expect(console.model.shown.snapshot.health.findings.isEmpty)
    }

    @Test("a drain is a notice and leaves the fleet OK")
    func draining() {
        let findings = findings { sample, second in
            sample.state = .draining
            sample.drain = ScriptedConsole.drain(second, of: 3_750)
        }
        #expect(findings.map(\.severity) == [.notice])
    }

    @Test("the worst finding comes first on the top line")
    func order() {
        var console = ScriptedConsole((0..<4).map { ScriptedWorker("gw1-w\($0)") })
        console["gw1-w0"].adjust = { sample, _ in sample.degraded = "Redis is away" }
        console["gw1-w3"].adjust = { sample, _ in sample.set([.publish], .open, since: 0) }
        console.run(seconds: 2)
        #expect(console.lines[0].contains("CRIT 2 ▸ publish breaker open gw1-w3"))
        #expect(console.model.orderedWorkers.prefix(2) == [WorkerID("gw1-w3"), WorkerID("gw1-w0")])
    }

    @Test("a fleet of which no worker accepts clients is critical, however orderly it was drained")
    func closed() {
        var console = ScriptedConsole((0..<2).map { ScriptedWorker("gw1-w\($0)") })
        console["gw1-w0"].adjust = { sample, _ in sample.state = .drained }
        console.run(seconds: 2)
        #expect(console.model.shown.snapshot.health.severity == .notice)
        console["gw1-w1"].adjust = { sample, _ in sample.state = .draining }
        console.run(seconds: 1)
        #expect(console.lines[0].contains("CRIT 1 ▸ no worker accepts clients"))
    }

    @Test("a stale worker with clients is critical and names how many; one without is a warning")
    func stale() {
        var console = ScriptedConsole((0..<3).map { ScriptedWorker("gw1-w\($0)") })
        console["gw1-w1"].connections = 0
        console.run(seconds: 2)
        console.silent = [WorkerID("gw1-w0"), WorkerID("gw1-w1")]
        console.run(seconds: 4)
        let findings = console.model.shown.snapshot.health.findings
        #expect(findings.map(\.severity) == [.critical, .warning])
        #expect(findings[0].sentence.text.hasPrefix("stale gw1-w0, 3,750 clients unheard for 5 s"))
        #expect(console.lines[0].contains("3,750 conns  +3,750 unheard"))
    }

    @Test("of two of a kind the worse comes first, and has room on a narrow screen")
    func worstOfAKind() {
        var workers = (0..<6).map { ScriptedWorker("gw1-w\($0)") }
        for (index, connections) in [5_000, 5_600, 2_000, 2_000, 2_000, 2_000].enumerated() {
            workers[index].connections = connections
        }
        var console = ScriptedConsole(workers, columns: 80, rows: 24)
        console.run(seconds: 2)
        #expect(console.model.shown.snapshot.health.findings.map(\.worker) == [WorkerID("gw1-w1"), WorkerID("gw1-w0")])
        #expect(console.lines[0].contains("WARN 2 ▸ hot worker gw1-w1, 1.8x the mean"))
        #expect(console.lines[0].contains("18,600 conns"))
    }

    @Test("a fleet of which no worker answers is critical")
    func silence() {
        var console = ScriptedConsole((0..<2).map { ScriptedWorker("gw1-w\($0)") })
        console.run(seconds: 2)
        console.silent = [WorkerID("gw1-w0"), WorkerID("gw1-w1")]
        console.run(seconds: 5)
        #expect(console.lines[0].contains("CRIT 3 ▸ no worker answers"))
    }
}
