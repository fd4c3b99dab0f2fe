import Console
import FleetModel
import Terminal
import Testing

@Suite("Pasting")
struct PasteTests {
    private func console() -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        return console
    }

    @Test("never acts as keys, and says so where no text is typed")
    func nowhere() {
        var console = console()
        #expect(console.paste("q\nd\ny").isEmpty)
        #expect(console.model.pageKind == .fleet)
        #expect(console.lines.last?.contains("pasting does nothing here") == true)
    }

    @Test("goes into the filter, which acts")
    func filter() {
        var console = console()
        console.press(.character("/"))
        console.paste("gw1-w3\n")
        #expect(console.model.orderedWorkers == [WorkerID("gw1-w3")])
    }

    @Test("goes into the command line and waits there for Enter")
    func command() {
        var console = console()
        console.press(.character(":"))
        #expect(console.paste("events\nquit\n").isEmpty)
        #expect(console.lines.last?.contains(":events quit") == true)
        #expect(console.model.pageKind == .fleet)
    }

    @Test("goes into the name of an export, as much of it as there is room for")
    func export() {
        var console = console()
        console.press(.character("E"))
        console.paste(String(repeating: "x", count: 4_000))
        guard case .export(let export)? = console.press(.enter).first else {
            Issue.record("nothing is exported")
            return
        }
        #expect(export.path == String(repeating: "x", count: 200))
    }

    @Test("goes into a field of a form, and never into its confirmation")
    func form() {
        var console = console()
        console.press(.character("d"))
        console.paste("kernel update")
        #expect(console.text.contains("kernel update"))
        console.press(.tab, .tab, .tab)
        console.paste("gw1-w2")
        #expect(console.lines.last?.contains("typed, not pasted") == true)
        #expect(console.press(.enter).isEmpty)
    }
}
