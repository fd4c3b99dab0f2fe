import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

/// The sizes and glyph sets every screen is looked at in.
struct ScreenSize: Sendable, CustomTestStringConvertible {
    let columns: Int
    let rows: Int
    let unicode: Bool

    static let all = [(80, 24), (120, 40), (200, 60)].flatMap { columns, rows in
        [true, false].map { ScreenSize(columns: columns, rows: rows, unicode: $0) }
    }

    var suffix: String { "\(columns)x\(rows)-\(unicode ? "unicode" : "ascii")" }
    var testDescription: String { suffix }
}

@Suite("The screen")
struct ScreenTests {
    private func fleet(_ size: ScreenSize) -> ScriptedConsole {
        .fleetOfFour(columns: size.columns, rows: size.rows, unicode: size.unicode)
    }

    @Test("shows a fleet of four with its hot worker on top", arguments: ScreenSize.all)
    func overview(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.run(seconds: 37)
        try Golden.check(console.lines, "overview-\(size.suffix)")
    }

    @Test("shows a stale worker, a drain under way and an error side by side", arguments: ScreenSize.all)
    func troubled(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.run(seconds: 10)
        console.press(.character("j"), .character("j"), .character("d"), .enter, .enter, .enter)
        console.type("gw1-w1")
        console.press(.enter)
        console.hear(.ended(ActID(1), .failure(AdminError(.unavailable, "the worker is busy, try again"))))
        console["gw1-w1"].adjust = { sample, second in
            let drain = ScriptedConsole.drain(second - 10, of: sample.connections)
            sample.state = .draining
            sample.connections = drain.remaining
            sample.drain = drain
        }
        console.run(seconds: 10)
        console.silent = [WorkerID("gw1-w3")]
        console.hear(.lost(WorkerID("gw1-w3"), reason: "connection refused"))
        console.run(seconds: 17)
        try Golden.check(console.lines, "troubled-\(size.suffix)")
    }

    @Test("shows what each worker leaves undone, its breakers and the Redis it uses", arguments: ScreenSize.all)
    func degraded(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.run(seconds: 10)
        console["gw1-w0"].adjust = { sample, second in
            sample.set([.publish, .stream], .open, since: 20, because: "no answer within 500 ms")
            sample.degrade(to: .sheddingBestEffort, since: 21, because: "the publish breaker is open")
            sample.dropped.bestEffort = UInt64(second) * 120
            sample.drops = [DropCount(criticality: .bestEffort, reason: .degraded, count: UInt64(second) * 120)]
            sample.echoAge = .seconds(8)
        }
        console["gw1-w1"].adjust = { sample, second in
            sample.degrade(to: .sheddingImportant, since: 25, because: "loop lag 312 ms over 100 ms")
            sample.loopLag = .milliseconds(312)
            let since = ScriptedWorker.time(23)
            sample.storm = StormReport(since: since, connectsPerSecond: 1_204, baselinePerSecond: 38)
        }
        console["gw1-w3"].adjust = { sample, _ in
            sample.redisPrimary = "10.0.0.5:6379"
            sample.set([.registry], .halfOpen, since: 26, because: "connection refused")
        }
        console.run(seconds: 27)
        try Golden.check(console.lines, "degraded-\(size.suffix)")
    }

    @Test("makes its help from the key map", arguments: ScreenSize.all)
    func help(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.run(seconds: 5)
        console.press(.character("?"))
        try Golden.check(console.lines, "help-\(size.suffix)")
    }

    @Test("shows what matches while a filter is typed", arguments: ScreenSize.all)
    func filter(_ size: ScreenSize) throws {
        var console = fleet(size)
        console.run(seconds: 12)
        console.press(.character("/"))
        console.type("!w2")
        try Golden.check(console.lines, "filter-\(size.suffix)")
    }

    @Test("says where it looked when there is no worker", arguments: ScreenSize.all)
    func empty(_ size: ScreenSize) throws {
        var console = ScriptedConsole(
            [], columns: size.columns, rows: size.rows, unicode: size.unicode, fleetName: "/run/gadgate")
        console.run(seconds: 3)
        try Golden.check(console.lines, "empty-\(size.suffix)")
    }

    @Test("falls back to a few words on a very small screen", arguments: [(40, 8), (59, 24), (20, 2)])
    func terse(columns: Int, rows: Int) throws {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 12)
        try Golden.check(console.lines, "terse-\(columns)x\(rows)")
    }
}
