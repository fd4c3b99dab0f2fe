import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Holding breakers from the console")
struct BreakerFormTests {
    private func console(columns: Int = 120, rows: Int = 40) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 12)
        return console
    }

    @Test("a breaker is held open by the worker's name, typed")
    func open() {
        var console = console()
        console.press(.character("B"))
        console.type("stream")
        console.press(.tab)
        console.type("open")
        #expect(console.text.contains("The stream breaker of gw1-w2 is closed now."))
        #expect(console.text.contains("critical messages cannot be published here"))
        console.press(.tab)
        console.type("2m")
        console.press(.tab)
        console.type("repair")
        console.press(.tab)
        #expect(console.press(.character("y"), .enter).isEmpty)
        console.press(.control("u"))
        console.type("gw1-w2")
        let order = BreakerOrder(name: .stream, mode: .open, forSeconds: 120, reason: "repair")
        #expect(console.press(.enter).begun == .breaker([WorkerID("gw1-w2")], order))
    }

    @Test("marked workers are held together, by their number")
    func several() {
        var console = console()
        console.press(.character(" "), .character(" "), .character("B"))
        console.type("publish")
        console.press(.tab)
        console.press(.right)
        console.press(.tab, .tab, .tab)
        console.type("2 workers")
        guard case .breaker(let workers, let order)? = console.press(.enter).begun else {
            Issue.record("no breaker was held")
            return
        }
        #expect(workers.count == 2 && order.mode == .open)
    }

    @Test("one that is not closed is taken for the one that is meant")
    func troubled() {
        var console = console()
        console["gw1-w2"].adjust = { sample, _ in sample.set([.registry], .open, since: 2, because: "timed out") }
        console.run(seconds: 2)
        console.press(.home, .character("B"))
        console.type("closed")
        #expect(console.text.contains("calls will wait for a Redis that failed: timed out"))
    }

    @Test("whoever is no admin is told so")
    func role() {
        var console = console()
        console.report { $0.access = .of(.operator) }
        console.press(.character("B"))
        #expect(console.lines.last?.contains("takes the role admin") == true)
    }

    @Test("shows the plan on the screen", arguments: FormScreenTests.sizes)
    func screen(_ size: ScreenSize) throws {
        var console = console(columns: size.columns, rows: size.rows)
        console.press(.character("B"))
        console.type("stream")
        console.press(.tab)
        console.type("open")
        try Golden.check(console.lines, "form-breaker-\(size.suffix)")
    }
}
