import Console
import FleetModel
import Terminal
import Testing

@Suite("Latency, churn, and one worker whole")
struct ChartPageTests {
    private func console(_ size: ScreenSize, _ keys: Key...) -> ScriptedConsole {
        var console = ScriptedConsole.chartedFleet(columns: size.columns, rows: size.rows, unicode: size.unicode)
        console.run(seconds: 50)
        for key in keys { console.press(key) }
        console.run(seconds: 1)
        return console
    }

    @Test("show latencies as a histogram, over time, and by class and worker", arguments: ScreenSize.all)
    func latency(_ size: ScreenSize) throws {
        try Golden.check(console(size, .character("3")).lines, "latency-\(size.suffix)")
    }

    @Test("show how clients come and go, and the closes by code", arguments: ScreenSize.all)
    func churn(_ size: ScreenSize) throws {
        try Golden.check(console(size, .character("4")).lines, "churn-\(size.suffix)")
    }

    @Test("show one worker whole", arguments: ScreenSize.all)
    func worker(_ size: ScreenSize) throws {
        try Golden.check(console(size, .enter).lines, "worker-\(size.suffix)")
    }

    @Test("give a zoomed chart the whole page", arguments: ScreenSize.all)
    func zoom(_ size: ScreenSize) throws {
        let churn = console(size, .character("4"), .character("z"), .left, .left, .left)
        try Golden.check(churn.lines, "churn-zoom-\(size.suffix)")
        let latency = console(size, .character("3"), .character("z"), .left)
        try Golden.check(latency.lines, "latency-zoom-\(size.suffix)")
    }

    private let screen = ScreenSize(columns: 120, rows: 40, unicode: true)

    @Test("speak Spanish too", arguments: ["3", "4"])
    func spanish(page: String) {
        Language.$current.withValue(.spanish) {
            var console = console(screen, .character(Character(page)))
            #expect(console.text.contains(page == "3" ? "percentiles, últimos 10 s" : "cierres por código"))
            console.press(.character("1"), .enter)
            console.run()
            #expect(console.text.contains("TRÁFICO"))
        }
    }

    @Test("the histogram is of the selected row, and Enter leads from a worker's row to its page")
    func selection() {
        var console = console(screen, .character("3"))
        #expect(console.text.contains("last 10 s, fleet"))
        console.press(.down)
        #expect(console.text.contains("last 10 s, critical"))
        console.press(.end)
        #expect(console.text.contains("last 10 s, gw1-w2"))
        console.press(.enter)
        #expect(console.text.contains("fleet › latency › gw1-w2"))
        console.press(.escape)
        #expect(console.text.contains("last 10 s, gw1-w2"))
    }

    @Test("a close code leads to its workers, and these to their pages")
    func drillIn() {
        var console = console(screen, .character("4"))
        console.press(.enter)
        #expect(console.text.contains("fleet › churn › closes with 1001"))
        console.press(.enter)
        #expect(console.text.contains("closes with 1001 › gw1-w2"))
    }

    @Test("the cursor of a zoomed chart stays at its moment while time goes on, and tells what happened then")
    func cursor() {
        var console = console(screen, .character("4"), .character("z"))
        for _ in 0..<11 { console.press(.left) }
        #expect(console.text.contains("21:04:40"))
        #expect(console.text.contains("drain gw1-w2"))
        console.run(seconds: 5)
        #expect(console.text.contains("21:04:40"))
        console.press(.down)
        #expect(console.text.contains("churn › connects"))
        console.press(.end)
        #expect(console.text.contains("21:04:56"))
        console.press(.escape)
        #expect(console.text.contains("closes by code"))
    }

    @Test("the charts make no spike of a worker that begins anew, and none of one that falls silent")
    func noSpikes() {
        var console = ScriptedConsole.chartedFleet()
        console.run(seconds: 19)
        console.press(.character("4"), .character("z"))
        console.silent = [WorkerID("gw1-w2")]
        console.run(seconds: 8)
        console.silent = []
        console.run(seconds: 2)
        for _ in 0..<25 {
            let figures = console.lines.first { $0.contains("unplanned closes ") && $0.contains("messages out") }
            let rate = figures?.split(separator: "unplanned closes ").last.flatMap { Int($0.prefix { $0.isNumber }) }
            #expect((rate ?? 0) <= 15)
            #expect(figures?.contains("connections 11,250") ?? false)
            console.press(.left)
        }
    }

    @Test("a worker that has gone says so, and hostile names cannot break out")
    func hostile() {
        var worker = ScriptedWorker("\u{1B}[31mw\u{202E}0")
        worker.adjust = { sample, _ in
            sample.node = "\u{1B}]0;x\u{07}"
            sample.roles = [RoleCount(role: "\u{200B}ADMIN\u{1B}", connections: 4)]
            sample.closes = [CloseCount(code: 65_535, count: 1)]
        }
        var console = ScriptedConsole([worker])
        console.run(seconds: 3)
        for keys: [Key] in [[.enter], [.character("3")], [.character("4")], [.character("4"), .enter]] {
            for key in keys { console.press(key) }
            let isClean = console.text.unicodeScalars.allSatisfy { $0 == "\n" || !$0.properties.isBidiControl }
            #expect(isClean && !console.text.contains("\u{1B}"))
        }
        console.press(.character("1"), .enter)
        console.silent = [worker.id]
        console.hear(.vanished(worker.id))
        console.run()
        #expect(console.text.contains("not in the fleet any more"))
    }

    @Test("a fleet that has said nothing yet has pages that say so")
    func empty() {
        var console = ScriptedConsole([])
        console.run()
        console.press(.character("3"))
        #expect(console.text.contains("no message in this time"))
        console.press(.character("4"))
        #expect(console.text.contains("No connection has been closed yet."))
    }
}
