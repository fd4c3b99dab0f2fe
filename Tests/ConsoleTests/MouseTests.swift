import AdminAPI
import Console
import FleetModel
import Terminal
import Testing

@Suite("The mouse")
struct MouseTests {
    private func console(columns: Int = 120, rows: Int = 40) -> ScriptedConsole {
        var console = ScriptedConsole.fleetOfFour(columns: columns, rows: rows)
        console.run(seconds: 3)
        return console
    }

    /// Where on the screen a text stands.
    private func place(of text: String, in console: ScriptedConsole) throws -> (column: Int, row: Int) {
        let lines = console.lines
        let row = try #require(lines.firstIndex { $0.contains(text) })
        let start = try #require(lines[row].firstRange(of: text)).lowerBound
        return (lines[row].distance(from: lines[row].startIndex, to: start), row)
    }

    @Test("is off until M or a command switches it on, and that is kept")
    func switching() {
        var console = console()
        #expect(!console.model.preferences.isMouseOn)
        #expect(console.press(.character("M")).contains(.mouse(true)))
        #expect(console.model.preferences.isMouseOn)
        console.press(.character(":"))
        console.type("mouse off")
        #expect(console.press(.enter).contains(.mouse(false)))
    }

    @Test("a click on a title sorts by that column, and another turns the order round")
    func sorting() throws {
        var console = console()
        let title = try place(of: "CONNS", in: console)
        console.point(.left, title.column + 1, title.row)
        #expect(console.model.sort == "conns")
        #expect(console.model.orderedWorkers.first == WorkerID("gw1-w2"))
        console.point(.left, title.column + 1, title.row)
        #expect(console.model.orderedWorkers.last == WorkerID("gw1-w2"))
    }

    @Test("a click selects a row, and the next one on it opens it")
    func opening() throws {
        var console = console()
        let row = try place(of: "gw1-w3 ", in: console)
        console.point(.left, row.column, row.row)
        #expect(console.model.selected == WorkerID("gw1-w3"))
        #expect(console.model.pageKind == .fleet)
        console.point(.left, row.column, row.row)
        #expect(console.model.pageKind == .worker)
    }

    @Test("a click among the rooms gives them the keys")
    func rooms() throws {
        var console = console()
        let room = try place(of: "ops:field:north", in: console)
        console.point(.left, room.column, room.row)
        #expect(console.model.focus == .rooms)
        #expect(console.lines[room.row].hasPrefix("▸"))
        let worker = try place(of: "gw1-w0 ", in: console)
        console.point(.left, worker.column, worker.row)
        #expect(console.model.focus == .workers)
    }

    @Test("the wheel scrolls and leaves the selection alone")
    func wheel() throws {
        var console = ScriptedConsole((0..<60).map { ScriptedWorker("gw1-w\($0)") }, columns: 100, rows: 24)
        console.run(seconds: 3)
        console.press(.down)
        let (before, selected) = (console.lines[5], console.model.selected)
        console.point(.wheelDown, 10, 8)
        #expect(console.lines[5] != before)
        #expect(console.model.selected == selected)
        for _ in 0..<5 { console.point(.wheelUp, 10, 8) }
        #expect(console.lines[5] == before)
        for _ in 0..<100 { console.point(.wheelDown, 10, 8) }
        #expect(console.text.contains("gw1-w59 "))
    }

    @Test("the wheel scrolls the help too")
    func help() {
        var console = console(columns: 80, rows: 24)
        console.press(.character("?"))
        let before = console.lines[5]
        console.point(.wheelDown, 10, 8)
        #expect(console.lines[5] != before)
    }

    @Test("a click on a key's hint, or beside a form, does nothing")
    func nothing() throws {
        var console = console()
        let hint = try place(of: "d drain", in: console)
        #expect(console.point(.left, hint.column, hint.row).isEmpty)
        #expect(console.text.contains("d drain"))
        console.press(.character("d"))
        let form = console.lines
        #expect(console.point(.left, 5, 6).isEmpty)
        #expect(console.lines == form)
    }

    @Test("no place of the screen breaks it, whatever its size", arguments: [0, 2, 9, 10, 24])
    func anywhere(rows: Int) {
        var console = console()
        for columns in [0, 1, 59, 60, 120] {
            console.resize(columns: columns, rows: rows)
            for column in [0, 3, 58, 119, 5_000] {
                for row in [0, 1, 4, 9, 23, 5_000] {
                    console.point(.left, column, row)
                    console.point(.wheelDown, column, row)
                }
            }
            #expect(console.model.view().size == Size(columns: columns, rows: rows))
        }
    }
}
