import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("Sizes")
struct SizeTests {
    @Test("every size is drawn in every mode, and none breaks", arguments: [0, 1, 2, 3, 9, 10, 11, 13, 24, 61])
    func sizes(rows: Int) {
        var console = ScriptedConsole.fleetOfFour()
        console["gw1-w1"].adjust = { sample, second in sample.drain = ScriptedConsole.drain(second, of: 3_741) }
        console.run(seconds: 12)
        console.report { $0.operations = [.drain(at: 12), .drain(at: 12, id: "b", outcome: .failed)] }
        for columns in [0, 1, 2, 5, 20, 59, 60, 61, 79, 81, 119, 160, 320] {
            for keys: [Key] in [
                [], [.character("d")], [.character("u")], [.character("S")], [.character("o")], [.character("/")],
                [.character("?")], [.character("e")], [.tab], [.character("3")], [.character("3"), .character("z")],
                [.character("4")], [.character("4"), .character("z")], [.enter], [.character("2")],
                [.character("2"), .tab], [.character("7")], [.character("t")], [.character("m")], [.character("B")],
                [.character("F")],
            ] {
                console.resize(columns: columns, rows: rows)
                console.press(.escape)
                for key in keys { console.press(key, .down, .pageDown) }
                #expect(console.model.view().size == Size(columns: columns, rows: rows))
                console.press(.escape, .escape)
            }
        }
    }

    @Test("planned churn keeps its mark in the narrowest cell and in the header")
    func plannedChurn() {
        var workers = [ScriptedWorker("gw1-w0"), ScriptedWorker("gw1-w1")]
        (workers[0].closesPerSecond, workers[0].plannedClosesPerSecond) = (400, 400)
        var console = ScriptedConsole(workers, columns: 80, rows: 24)
        console.run(seconds: 3)
        #expect(console.lines.contains { $0.contains("gw1-w0") && $0.contains(" 18%* ") })
        #expect(console.lines[1].contains("churn 9.6%/min*"))
    }

    @Test("the help says first where the fleet is, where its name does not", arguments: [80, 120])
    func places(columns: Int) {
        var console = ScriptedConsole(
            [], columns: columns, rows: 24, fleetPlaces: ["gadtop get workers --run-dir /tmp/demo/run"])
        console.press(.character("?"))
        #expect(console.lines[5].contains("gadtop get workers --run-dir /tmp/demo/run"))
        #expect(console.lines[7].contains("Act; each first says what follows"))
    }

    @Test("a negative size is taken as nothing")
    func negative() {
        var console = ScriptedConsole.fleetOfFour()
        console.resize(columns: -3, rows: -1)
        #expect(console.lines.isEmpty)
    }

    @Test("the smallest screen shows the workers that there are, whatever page was left open")
    func smallestAfterLoss() {
        var console = ScriptedConsole.fleetOfFour()
        console.run(seconds: 3)
        console.press(.character("3"))
        for id in ["gw1-w1", "gw1-w2", "gw1-w3"] { console.hear(.vanished(WorkerID(id))) }
        console.workers.removeLast(3)
        console.run()
        console.resize(columns: 30, rows: 6)
        #expect(console.text.contains("gw1-w0"))
        #expect(!console.text.contains("gw1-w2"))
    }

    @Test("a narrow screen keeps what matters most and drops the rest")
    func priorities() {
        var console = ScriptedConsole.fleetOfFour(columns: 60, rows: 20)
        console.run(seconds: 3)
        for title in ["WORKER", "STATE", "CONNS", "SHARE", "OUT/S", "P99"] { #expect(console.lines[4].contains(title)) }
        #expect(!console.lines[4].contains("MEM"))
        console.resize(columns: 200, rows: 20)
        for title in ["MEM", "AGE", "ROOMS", "CPU", "REMARK"] { #expect(console.lines[4].contains(title)) }
    }

    @Test("a table that shrinks keeps the selected worker in view")
    func shrink() {
        var console = ScriptedConsole((0..<40).map { ScriptedWorker("gw1-w\($0)") }, columns: 100, rows: 60)
        console.run(seconds: 2)
        console.press(.end)
        console.resize(columns: 100, rows: 20)
        #expect(console.lines.contains { $0.hasPrefix("▸  gw1-w39") })
    }

    @Test("a name too long for its column loses its front, so that workers of one node stay apart")
    func longNames() {
        let workers = (10..<12).map { ScriptedWorker("ip-10-0-113-27.eu-central-1.internal-w\($0)") }
        var console = ScriptedConsole(workers, columns: 80, rows: 24)
        console.run(seconds: 2)
        #expect(console.lines[5].contains("internal-w10 "))
        #expect(console.lines[6].contains("internal-w11 "))
    }
}
