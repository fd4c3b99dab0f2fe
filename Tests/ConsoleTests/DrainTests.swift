import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Draining from the console")
struct DrainTests {
    private func console() -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        return console
    }

    @Test("the worker's name, typed, begins the drain with its reason")
    func drain() {
        var console = console()
        console.press(.character("d"))
        console.type("kernel update")
        console.press(.backTab)
        console.type("gw1-w2")
        let begun = console.press(.enter).begun?.drained
        #expect(begun?.targets == [WorkerID("gw1-w2")])
        #expect(begun?.reason == "kernel update")
        #expect(console.text.contains("drain gw1-w2 sent, waiting for the answer"))
    }

    @Test("marked workers are drained together")
    func several() {
        var console = console()
        console.press(.character(" "), .character(" "), .character("d"))
        #expect(console.text.contains("Drain gw1-w0, gw1-w2"))
        console.press(.backTab)
        console.type("drain 2 workers")
        #expect(Set(console.press(.enter).begun?.drained?.targets ?? []) == [WorkerID("gw1-w0"), WorkerID("gw1-w2")])
        #expect(console.model.marked.isEmpty)
    }

    @Test("the question stays with its worker when the selection or the order changes")
    func boundToWorker() {
        var console = console()
        console.press(.end, .character("d"), .backTab)
        console["gw1-w3"].connections = 1
        console.run(seconds: 2)
        console.type("gw1-w3")
        #expect(console.press(.enter).begun?.drained?.targets == [WorkerID("gw1-w3")])
    }

    @Test("a wrong name drains nothing and says so")
    func wrongName() {
        var console = console()
        console.press(.character("d"), .backTab)
        console.type("gw1-w3")
        #expect(console.press(.enter).isEmpty)
        #expect(console.text.contains("That is not gw1-w2; nothing was done"))
        #expect(console.model.acts.pending.isEmpty)
    }

    @Test("Enter alone and Esc drain nothing")
    func safeDefault() {
        var console = console()
        #expect(console.press(.character("d"), .enter, .enter, .enter, .enter, .enter, .enter).isEmpty)
        #expect(console.press(.escape).isEmpty)
        #expect(console.model.overlay == nil)
    }

    @Test("a rate that is no number is not sent", arguments: ["0", "-5", "fast", "nan", "inf"])
    func badRate(_ rate: String) {
        var console = console()
        console.press(.character("d"), .tab)
        console.type(rate)
        console.press(.backTab, .backTab)
        console.type("gw1-w2")
        #expect(console.press(.enter).isEmpty)
        #expect(console.text.contains("A rate is a number a second"))
    }

    @Test("the last active worker is drained only by saying that it is the last")
    func lastWorker() {
        var console = ScriptedConsole([ScriptedWorker("gw1-w0")])
        console.run(seconds: 2)
        console.press(.character("d"), .backTab)
        console.type("gw1-w0")
        #expect(console.press(.enter).isEmpty)
        console.press(.control("u"))
        console.type("allow-last gw1-w0")
        #expect(console.press(.enter).begun?.drained?.targets == [WorkerID("gw1-w0")])
    }

    @Test("a worker that is stale or draining is not asked about, and the bottom line says why")
    func notDrainable() {
        var console = console()
        console.hear(.lost(WorkerID("gw1-w2"), reason: "connection refused"))
        console.press(.character("d"))
        #expect(console.lines.last?.contains("gw1-w2 cannot be drained: it is stale") == true)
        #expect(console.model.cursor == nil)
    }

    @Test("y undrains; every other key but Esc leaves the question open")
    func undrain() {
        var console = console()
        console["gw1-w2"].adjust = { sample, second in
            sample.state = .draining
            sample.drain = ScriptedConsole.drain(second, of: 8_912)
        }
        console.run()
        console.press(.character("u"))
        #expect(console.text.contains("Its drain by mperez, kernel update stops"))
        #expect(console.press(.enter, .character("x")).isEmpty)
        #expect(
            console.press(.character("y")).begun == .undrain([WorkerID("gw1-w2")], UndrainRequest(reason: nil)))
    }

    @Test("what failed stays on the screen until it is dismissed")
    func failure() {
        var console = console()
        console.press(.character("d"), .backTab)
        console.type("gw1-w2")
        console.press(.enter)
        console.hear(.ended(ActID(1), .failure(AdminError(.planDrifted, "the fleet has changed"))))
        console.run(seconds: 300)
        #expect(console.lines.contains { $0.hasPrefix(" ✗ drain gw1-w2 failed: the fleet has changed") })
        console.press(.character("x"))
        #expect(!console.lines.contains { $0.hasPrefix(" ✗") })
    }

    @Test("a drain is shown with its step, rest, end, author and reason, until it is undrained")
    func progress() {
        var console = console()
        console["gw1-w1"].adjust = { sample, second in
            sample.state = second < 70 ? .draining : .drained
            sample.drain = ScriptedConsole.drain(second - 10, of: 3_741)
            sample.connections = sample.drain?.remaining ?? 0
        }
        console.run(seconds: 37)
        let line = console.lines.first { $0.contains("≈") }
        #expect(line?.contains("gw1-w1 closing") == true)
        #expect(line?.contains("50%  1,871 of 3,741 left  62/s  ≈ 30 s to go  by mperez \"kernel update\"") == true)
        console.run(seconds: 60)
        #expect(console.text.contains("3,741 connections have left; u takes it back"))
        console["gw1-w1"].adjust = { _, _ in }
        console.run()
        #expect(!console.text.contains("under way"))
        #expect(console.text.contains("undrained, accepts connections"))
    }
}
