import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Keys")
struct KeyTests {
    private func console(columns: Int = 120, rows: Int = 40) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 3)
        return console
    }

    @Test("until the operator chooses, the top row is meant; then the worker, wherever it moves")
    func selection() {
        var console = console()
        #expect(console.model.selected == WorkerID("gw1-w2"))
        console.press(.down, .down)
        #expect(console.model.selected == WorkerID("gw1-w1"))
        console.press(.character("s"), .character("I"))
        #expect(console.model.orderedWorkers.first == WorkerID("gw1-w3"))
        #expect(console.model.selected == WorkerID("gw1-w1"))
    }

    @Test("movement stops at the first and the last row")
    func movement() {
        var console = console()
        console.press(.character("G"), .down)
        #expect(console.model.selected == WorkerID("gw1-w3"))
        console.press(.home, .up, .pageUp)
        #expect(console.model.selected == WorkerID("gw1-w2"))
    }

    @Test("the selection of a worker that vanished passes to the top row")
    func vanishedSelection() {
        var console = console()
        console.press(.end)
        console.hear(.vanished(WorkerID("gw1-w3")))
        #expect(console.model.selected == WorkerID("gw1-w2"))
    }

    @Test("< and > go round the columns that are shown, and start each in its own direction")
    func sorting() {
        var console = console()
        console.press(.character(">"))
        #expect(console.model.sort == "worker")
        #expect(console.model.orderedWorkers.first == WorkerID("gw1-w0"))
        console.press(.character("<"), .character("<"))
        #expect(console.model.sort == "age")
        console.press(.character("s"))
        #expect(console.model.sort == nil)
    }

    @Test("a filter acts while it is typed, Enter keeps it, Esc shows everything")
    func filter() {
        var console = console()
        console.press(.character("/"))
        console.type("W2")
        #expect(console.model.orderedWorkers == [WorkerID("gw1-w2")])
        #expect(console.model.cursor?.y == 39)
        console.press(.enter)
        #expect(console.model.cursor == nil)
        #expect(console.model.orderedWorkers.count == 1)
        console.press(.escape)
        #expect(console.model.orderedWorkers.count == 4)
    }

    @Test("a filter may match the state and may be turned round")
    func inverseFilter() {
        var console = console()
        console["gw1-w1"].adjust = { sample, _ in sample.state = .starting }
        console.run()
        console.press(.character("/"))
        console.type("!starting")
        #expect(!console.model.orderedWorkers.contains(WorkerID("gw1-w1")))
        #expect(console.model.orderedWorkers.count == 3)
    }

    @Test("on a split screen an act is for what is selected in the half that has the keys")
    func targetsOfTheHalf() {
        var console = console(columns: 120, rows: 60)
        console.press(.character("4"), .character("v"), .character("1"))
        console.press(.control("w"), .character("/"))
        console.type("gw1-w1")
        console.press(.enter, .character("d"))
        #expect(console.text.contains("Drain gw1-w1"))
        #expect(!console.text.contains("Drain gw1-w2"))
    }

    @Test("an expression that could take for ever is taken letter by letter", arguments: ["(a+)+b", "a*a*a*b"])
    func slowFilter(_ text: String) {
        var console = console()
        console["gw1-w0"].node = String(repeating: "a", count: 4_000)
        console.run()
        console.press(.character("/"))
        console.type(text)
        console.run()
        #expect(console.model.orderedWorkers.isEmpty)
        #expect(console.text.contains("letter by letter"))
    }

    @Test("keys typed into a filter are text and not commands")
    func typing() {
        var console = console()
        console.press(.character("/"))
        #expect(console.type("qdp").isEmpty)
        #expect(console.model.filter.text == "qdp")
        #expect(!console.model.isPaused)
    }

    @Test("a paused screen stands still and says for how long, while the fleet is still heard")
    func pause() {
        var console = console()
        console.press(.character("p"))
        console["gw1-w0"].connections = 9
        console.run(seconds: 5)
        #expect(console.text.contains("PAUSED 5 s"))
        #expect(console.lines.contains { $0.contains("gw1-w0 active     3,770") })
        #expect(console.model.fleet.workers[WorkerID("gw1-w0")]?.sample?.connections == 9)
        console.press(.character("p"))
        #expect(!console.text.contains("PAUSED"))
        #expect(console.lines.contains { $0.contains("gw1-w0 active         9") })
    }

    @Test("following scrolls with the worker; without it the view stays where it is")
    func follow() {
        var workers = (0..<40).map { ScriptedWorker("gw1-w\($0)") }
        workers[39].connections = 3_000
        var console = ScriptedConsole(workers, columns: 100, rows: 20)
        console.run(seconds: 3)
        console.press(.end, .character("f"))
        #expect(console.model.selected == WorkerID("gw1-w39"))
        console["gw1-w39"].connections = 9_000
        console.run()
        #expect(console.model.orderedWorkers.first == WorkerID("gw1-w39"))
        #expect(console.text.contains("gw1-w39 "))
        console.press(.character("f"))
        console["gw1-w39"].connections = 3_000
        console.run()
        #expect(!console.lines[4...12].contains { $0.contains("gw1-w39 ") })
    }

    @Test("among the rooms no worker is marked, and none can be drained")
    func drainAmongRooms() {
        var console = console()
        #expect(console.lines.last?.contains("d drain") == true)
        console.press(.tab)
        #expect(console.lines.last?.contains("d drain") == false)
        console.press(.character("d"))
        #expect(console.lines.last?.contains("Tab goes to the workers") == true)
    }

    @Test("Tab moves to the rooms and back")
    func focus() {
        var console = console()
        console.press(.tab, .down)
        #expect(console.model.focus == .rooms)
        #expect(console.lines.contains { $0.hasPrefix("▸!") && $0.contains("ops:field:north") })
        #expect(console.model.selected == WorkerID("gw1-w2"))
        console.press(.tab)
        #expect(console.model.focus == .workers)
    }

    @Test("q, Ctrl-C and a terminal that is gone end the console")
    func quit() {
        var console = console()
        #expect(console.press(.character("q")) == [.quit])
        console.press(.character("d"))
        #expect(console.press(.control("c")) == [.quit])
        #expect(console.model.update(.terminal(.hungUp)) == [.quit])
        #expect(console.press(.control("l")) == [.redraw])
    }

    @Test("the bottom line offers what applies to the selected worker only")
    func bottomLine() {
        var console = console()
        #expect(console.lines.last?.contains("d drain") == true)
        console["gw1-w2"].adjust = { sample, second in
            sample.state = .draining
            sample.drain = ScriptedConsole.drain(second, of: 8_912)
        }
        console.run()
        let line = console.lines.last ?? ""
        #expect(line.contains("u undrain"))
        #expect(!line.contains("d drain"))
    }

    @Test("a key that means nothing says so, and only until the next key")
    func unknownKey() {
        var console = console()
        console.press(.character("Z"))
        #expect(console.lines.last?.contains("Z does nothing here") == true)
        console.press(.down)
        #expect(console.lines.last?.contains("does nothing") == false)
    }

    @Test("Space marks workers for the next act, Esc takes the marks back before it shows all")
    func marks() {
        var console = console()
        console.press(.character(" "), .character(" "))
        #expect(console.model.marked == [WorkerID("gw1-w2"), WorkerID("gw1-w0")])
        #expect(console.lines.last?.contains("d drain 2") == true)
        #expect(console.text.contains("2 marked"))
        console.press(.escape)
        #expect(console.model.marked.isEmpty)
    }

    @Test("a viewer is offered no act, and a key for one says which role it takes")
    func viewer() {
        var console = console()
        console.report {
            $0.access = AccessReport(
                worker: $0.worker, identity: "ana", origin: "unix", granted: .viewer, effective: .viewer)
        }
        let line = console.lines.last ?? ""
        for act in ["drain", "rebalance", "throttle", "broadcast", "breaker", "kick", "safety", "drill"] {
            #expect(!line.contains(" \(act)"))
        }
        #expect(line.contains("o operations"))
        #expect(console.press(.character("d")).isEmpty)
        #expect(console.lines.last?.contains("takes the role operator; you are viewer here") == true)
        #expect(console.model.cursor == nil)
    }

    @Test("help names every action of the key map")
    func help() {
        let bound = Set(Keymap.standard.bindings.map(\.action))
        #expect(bound == Set(Action.allCases))
        var console = console(columns: 120, rows: 60)
        console.press(.character("?"))
        console.resize(columns: 160, rows: 100)
        for binding in Keymap.standard.bindings { #expect(console.text.contains(binding.words.text)) }
        console.press(.escape)
        #expect(console.model.pageKind == .fleet)
    }

    @Test("no two actions share a key on a page", arguments: PageKind.allCases)
    func collisions(_ page: PageKind) {
        let bindings = Keymap.standard.bindings
        for binding in bindings where !binding.isOfThePast && binding.pages?.contains(page) ?? false {
            #expect(binding.keys.allSatisfy { Keymap.standard.action(for: $0, on: page) == binding.action })
        }
        let everywhere = bindings.filter { $0.pages == nil && !$0.isOfThePast }.flatMap(\.keys)
        #expect(Set(everywhere).count == everywhere.count)
        let past = bindings.filter(\.isOfThePast).flatMap(\.keys)
        #expect(Set(past).count == past.count)
    }
}
