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
        #expect(words(console) == ["4 workers appeared", "stale: no sample for over 3 s", "back after 11 s"])
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
            sample.redisBreaker = (4...5).contains(second) ? .open : .closed
            sample.dropped.bestEffort = second < 4 ? 0 : second < 6 ? UInt64(second) * 10 : 50
        }
        console.run(seconds: 6)
        #expect(
            words(console).dropFirst() == [
                "degraded: Redis is away", "Redis breaker open, calls are refused", "drops messages, 40/s",
                "recovered, not degraded any more", "Redis breaker closed", "drops ended, 50 since its start",
            ])
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
                "drained: 3741 connections left in 1 m 00 s",
            ])
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
        #expect(console.lines[3].contains("x-w99"))
        console.press(.end)
        #expect(console.text.contains("4 workers appeared"))
        console.press(.escape)
        #expect(console.text.contains("rooms by worker"))
    }
}
