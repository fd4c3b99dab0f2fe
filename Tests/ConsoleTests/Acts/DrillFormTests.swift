import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Drills from the console")
struct DrillFormTests {
    private func form(columns: Int = 120, rows: Int = 40, _ report: RedisReport? = .scripted()) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 12)
        console.press(.character("F"))
        if let report { console.answer(.redis) { _ in .success(.redis(report)) } }
        return console
    }

    @Test("begins by the master's name, with the options that were typed")
    func begins() {
        var console = form()
        #expect(console.text.contains("The Sentinels of mymaster promote a replica in the place of 10.0.0.4:6379."))
        console.type("quarterly")
        console.press(.tab)
        console.type("crash")
        console.press(.tab)
        console.type("30s")
        #expect(console.text.contains("must be a process of this machine"))
        console.press(.backTab, .backTab, .backTab)
        #expect(console.press(.enter).isEmpty)
        console.type("mymaster")
        guard case .drill(let options, let master, let reason)? = console.press(.enter).begun else {
            Issue.record("no drill was begun")
            return
        }
        #expect(options.mode == .crash && options.maxRecovery == .seconds(30))
        #expect(master == "mymaster" && reason == "quarterly")
    }

    @Test("replicas that are behind are gone on with only by saying so")
    func lag() {
        var console = form(.scripted(lagBytes: 50_000_000))
        console.press(.backTab)
        console.type("mymaster")
        #expect(console.press(.enter).isEmpty)
        console.press(.control("u"))
        console.type("allow-lag mymaster")
        guard case .drill(let options, _, _)? = console.press(.enter).begun else {
            Issue.record("no drill was begun")
            return
        }
        #expect(options.allowLag && !options.again)
    }

    @Test("without Sentinels it is refused")
    func noSentinels() {
        var report = RedisReport.scripted()
        report.master = nil
        report.sentinels = []
        var console = form(report)
        #expect(console.text.contains("Refused: the fleet's Redis is not watched by Sentinels"))
        console.press(.backTab)
        #expect(console.press(.character("y"), .enter).isEmpty)
    }

    @Test("where its report is, is told in the events and on the page of operations")
    func report() {
        var console = form(nil)
        console.press(.escape)
        console.hear(.led(ActID(1), .drain(at: 12)), .kept(operation: "op-4711", .success("/home/ana/drill.md")))
        #expect(console.text.contains("the drill's report is in /home/ana/drill.md"))
        console.press(.character("o"))
        #expect(console.text.contains("report: /home/ana/drill.md"))
    }

    @Test("shows the plan on the screen", arguments: FormScreenTests.sizes)
    func screen(_ size: ScreenSize) throws {
        try Golden.check(
            form(columns: size.columns, rows: size.rows, .scripted(lagBytes: 50_000_000)).lines,
            "form-drill-\(size.suffix)")
    }
}
