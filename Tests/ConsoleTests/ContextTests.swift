import AdminAPI
import FleetModel
import Terminal
import Testing

@testable import Console

@Suite("Several contexts")
struct ContextTests {
    private func console(columns: Int = 160) -> ScriptedConsole {
        let workers = ["a/gw1-w0", "a/gw1-w1", "b/gw1-w0"].map { ScriptedWorker($0) }
        var console = ScriptedConsole(
            workers, columns: columns, rows: 40, fleetName: "a + b + c", contexts: ["a", "b", "c"])
        console.run(seconds: 3)
        return console
    }

    @Test("share one table, in which each worker says its context, and the totals are over all")
    func table() {
        var console = console()
        #expect(console.lines[4].contains("CONTEXT"))
        #expect(console.text.contains("a/gw1-w0") && console.text.contains("b/gw1-w0"))
        #expect(console.lines[0].contains("a + b + c") && console.lines[0].contains("3 workers"))
        console.press(.character(":"))
        console.type("sort context")
        console.press(.enter, .character("I"))
        #expect(console.model.orderedWorkers.first == WorkerID("b/gw1-w0"))
    }

    @Test("say of which nothing is known")
    func empty() {
        #expect(console().lines[3].contains("c: no worker"))
    }

    @Test("one fleet has no column for it")
    func single() {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        #expect(!console.text.contains("CONTEXT"))
    }

    @Test("are not acted on: the hint says to open the one")
    func acts() {
        var console = console()
        for key: Character in ["d", "b", "S"] {
            #expect(console.press(.character(key)).isEmpty)
            #expect(console.lines.last?.contains(":context NAME") == true)
        }
        #expect(console.effects.allSatisfy { if case .ask = $0 { false } else { true } })
        console.press(.character("o"))
        #expect(console.text.contains("operations belong to one fleet"))
    }

    @Test("are opened by a command that completes their names, and nothing of before is left")
    func opening() {
        var console = console()
        #expect(console.press(.character(":")) == [.lookUpNames])
        _ = console.model.update(.names(KnownNames(themes: ["mine"], contexts: ["prod", "staging"])))
        console.type("contexts prod st")
        console.press(.tab)
        #expect(console.lines.last?.contains(":contexts prod staging") == true)
        #expect(console.press(.enter).contains(.open(contexts: ["prod", "staging"])))
        _ = console.model.update(.switched(to: "prod + staging", contexts: ["prod", "staging"]))
        #expect(console.model.fleet.workers.isEmpty)
        #expect(console.text.contains("prod + staging"))
        #expect(!console.text.contains("a/gw1-w0"))
    }

    @Test("a recording ends with the fleet that it was of")
    func recordingEnds() {
        var console = ScriptedConsole.fleetOfFour()
        console.run()
        console.press(.character(":"))
        console.type("record night.gadrec")
        console.press(.enter)
        #expect(console.model.recording != nil)
        _ = console.model.update(.switched(to: "staging", contexts: []))
        #expect(console.model.recording == nil)
    }

    @Test("none is opened from a replay, which has no fleet")
    func notFromReplay() throws {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        var replay = try ScriptedReplay(console.records)
        replay.press(.character(":"))
        replay.type("context prod")
        let effects = replay.model.update(.terminal(.key(.enter)))
        #expect(!effects.contains(.open(contexts: ["prod"])))
        #expect(replay.lines.last?.contains("This is a recording") == true)
    }

    @Test("themes of the operator's own are completed too")
    func themes() {
        var console = console()
        console.press(.character(":"))
        _ = console.model.update(.names(KnownNames(themes: ["mine"], contexts: [])))
        console.type("theme mi")
        console.press(.tab)
        #expect(console.press(.enter).contains(.theme("mine")))
        #expect(console.model.preferences.theme == nil)
        guard case .save(let kept)? = console.model.update(.themed("mine")).first else {
            Issue.record("a theme that was taken is kept")
            return
        }
        #expect(kept.theme == "mine")
    }
}
