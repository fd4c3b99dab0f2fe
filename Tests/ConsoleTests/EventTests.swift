import AdminAPI
import Console
import FleetModel
import Testing

@Suite("Event lines")
struct EventTests {
    private func console() -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 2)
        return console
    }

    private func words(_ console: ScriptedConsole) -> [String] { console.model.log.lines.map(\.words.text) }

    @Test("a worker that falls silent is told of once, and once when it is back")
    func staleness() {
        var console = console()
        console.silent = [WorkerID("gw1-w0")]
        console.run(seconds: 10)
        console.silent = []
        console.run(seconds: 2)
        #expect(words(console) == ["appeared (4 workers)", "stale: no sample for over 3 s", "back after 11 s"])
    }

    @Test("a lost link is told of once, however often it is tried")
    func lost() {
        var console = console()
        for _ in 0..<5 { console.hear(.lost(WorkerID("gw1-w0"), reason: "connection refused")) }
        #expect(words(console).dropFirst() == ["stale: connection refused"])
    }

    @Test("a worker that started anew is told of with its process")
    func restart() {
        var console = console()
        console["gw1-w1"].adjust = { sample, _ in
            sample.startedAt = ScriptedWorker.time(2)
            sample.pid = 9_000
        }
        console.run(seconds: 3)
        #expect(words(console).dropFirst() == ["restarted: pid 4711 is gone, pid 9000 serves"])
    }

    @Test("degradation, recovery, breakers and drops are told of when they begin and end")
    func transitions() {
        var console = console()
        console["gw1-w1"].adjust = { sample, second in
            sample.degraded = (4...5).contains(second) ? "Redis is away" : nil
            sample.set([.publish, .stream], (4...5).contains(second) ? .open : .closed, since: 4, because: "refused")
            sample.dropped.bestEffort = second < 4 ? 0 : second < 6 ? UInt64(second) * 10 : 50
        }
        console.run(seconds: 6)
        #expect(
            words(console).dropFirst() == [
                "publish, stream breakers open, calls are refused: refused", "degraded: Redis is away",
                "drops messages, 40/s", "publish, stream breakers closed", "recovered, not degraded any more",
                "drops ended, 50 since its start",
            ])
    }

    @Test("each level of degradation is told of, but not each change of its figures")
    func levels() {
        var console = console()
        let levels: [DegradationLevel] = [
            .samplingBestEffort, .samplingBestEffort, .sheddingImportant, .sheddingBestEffort,
        ]
        console["gw1-w1"].adjust = { sample, second in
            guard (3...6).contains(second) else { return }
            sample.degrade(to: levels[second - 3], since: 3, because: "loop lag \(100 + second) ms")
        }
        console.run(seconds: 5)
        #expect(
            words(console).dropFirst() == [
                "degraded: samples best effort, loop lag 103 ms",
                "degraded further: sheds important, loop lag 105 ms",
                "less degraded: sheds best effort, loop lag 106 ms", "recovered, not degraded any more",
            ])
    }

    @Test("a storm is told of when it begins and ends, another Redis primary when it is used")
    func stormAndPrimary() {
        var console = console()
        console["gw1-w1"].adjust = { sample, second in
            sample.redisPrimary = second < 5 ? "10.0.0.4:6379" : "10.0.0.5:6379"
            guard (3...5).contains(second) else { return }
            let since = ScriptedWorker.time(3)
            sample.storm = StormReport(since: since, connectsPerSecond: 900, baselinePerSecond: 12)
        }
        console.run(seconds: 5)
        #expect(
            words(console).dropFirst() == [
                "connect storm, 900/s, usually 12/s", "Redis primary is 10.0.0.5:6379, was 10.0.0.4:6379",
                "connect storm over after 3 s",
            ])
    }

    @Test("what happens to more than three workers alike is one line of the fleet")
    func folded() {
        var console = console()
        for index in 0..<4 {
            console["gw1-w\(index)"].adjust = { sample, _ in
                sample.redisPrimary = "10.0.0.5:6379"
                if index == 2 { sample.set([.publish], .open, since: 3, because: "timed out") }
            }
        }
        console.run()
        #expect(
            words(console).dropFirst() == [
                "Redis primary is 10.0.0.5:6379, was 10.0.0.4:6379 (4 workers)",
                "publish breaker open, calls are refused: timed out",
            ])
        #expect(console.model.log.lines.last?.worker == WorkerID("gw1-w2"))
    }

    @Test("the steps of a drain are told of one by one")
    func drain() {
        var console = console()
        console["gw1-w1"].adjust = { sample, second in
            guard second > 10 else { return }
            sample.state = second < 70 ? .draining : .drained
            sample.drain = ScriptedConsole.drain(second - 10, of: 3_741)
        }
        console.run(seconds: 70)
        #expect(
            words(console).dropFirst() == [
                "drain started by mperez, kernel update", "drain: closing",
                "drained: 3,741 connections left in 1 m 00 s",
            ])
    }

    @Test("a registry that cannot be asked is told of, and stands where the workers would be")
    func lookup() {
        var console = ScriptedConsole([])
        console.hear(.lookup(failure: "the registry at redis://10.0.0.4 cannot be asked: refused"))
        #expect(console.lines[5...9].contains { $0.contains("cannot be asked: refused") })
        console.hear(.lookup(failure: nil))
        #expect(console.lines[5...9].allSatisfy { !$0.contains("cannot be asked") })
        #expect(words(console).last == "workers can be looked up again")
    }

    @Test("only the newest 200 are kept")
    func bound() {
        var console = console()
        for index in 0..<500 {
            console.hear(.appeared(WorkerID("x-w\(index)")))
        }
        #expect(console.model.log.lines.count == EventLog.maximumLines)
        #expect(console.model.log.lines.last?.worker == WorkerID("x-w499"))
    }

    @Test("e shows them over the whole screen, and they scroll")
    func page() {
        var console = console()
        for index in 0..<100 { console.hear(.appeared(WorkerID("x-w\(index)"))) }
        console.press(.character("e"))
        #expect(console.lines[5].contains("x-w99"))
        console.press(.end)
        #expect(console.text.contains("appeared (4 workers)"))
        console.press(.escape)
        #expect(console.text.contains("rooms by worker"))
    }
}
