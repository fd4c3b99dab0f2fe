import AdminAPI
import FleetModel
import Terminal
import Testing

@testable import Console

@Suite("Tables")
struct TableTests {
    /// As many rows as it is told, each called by its place.
    private struct Numbers: TableSource {
        let rowCount: Int
        let columns = [
            TableColumn(id: "number", title: "NUMBER", part: .fixed(6), isLeftAligned: true, order: .ascending)
        ]

        func id(_ row: Int) -> String {
            precondition(row < rowCount, "row \(row) of \(rowCount)")
            return "row \(row)"
        }

        func key(_ row: Int, _ column: Int) -> SortValue { .text(id(row)) }
        func words(_ row: Int) -> [String] { [id(row)] }
        func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell { TableCell(SafeText(id(row))) }
    }

    @Test("whose source has lost rows since they were arranged keep to those that are left")
    func lostRows() {
        var state = TableState()
        state.arrange(Numbers(rowCount: 5), height: 4)
        state.moveToEnd(last: true, Numbers(rowCount: 5))
        let left = Numbers(rowCount: 2)
        #expect(state.selectedID(left) == "row 0")
        #expect(TableExport(source: left, state: state).csv == "number\r\nrow 0\r\nrow 1\r\n")
        var buffer = CellBuffer(size: Size(columns: 20, rows: 5))
        buffer.draw(TableView(source: left, state: state), in: buffer.bounds, glyphs: .ascii)
        #expect(!buffer.textLines.contains { $0.contains("row 2") })
        state.move(by: 1, left)
        #expect(state.selectedID(left) == "row 1")
        state.arrange(Numbers(rowCount: 0), height: 4)
        #expect(state.selectedRow(Numbers(rowCount: 0)) == nil)
    }

    @Test("are filtered without case, but a capital after a backslash keeps its meaning")
    func filterCase() {
        #expect(RowFilter("^GW1").shows(["gw1-w0"]))
        #expect(RowFilter(#"^\S+$"#).shows(["gw1-w0"]))
        #expect(!RowFilter(#"^\S+$"#).shows(["two words"]))
        #expect(RowFilter(#"\\S"#).shows([#"a\s"#]))
    }
}

@Suite("A clock that is set back")
struct ClockTests {
    private let later = ScriptedWorker.time(7_200)
    private let now = ScriptedWorker.time(0)

    @Test("does not keep questions from being asked")
    func questions() {
        var answers = AnswerBook()
        let times = [later, later.advanced(by: .seconds(1)), now, now.advanced(by: .seconds(1))]
        let asked = times.map { answers.ask(.redis, every: .seconds(5), at: $0) }
        #expect(asked == [true, false, true, false])
    }

    @Test("does not keep operations from being asked about")
    func operations() {
        var (board, fleet) = (OperationBoard(), Fleet())
        let worker = ScriptedWorker("gw1-w0")
        fleet.observe(SharedSample(worker.sample(at: 1)), at: now)
        let asked = [later, now].map { board.question(in: fleet, at: $0, isWatched: false) }
        #expect(asked == [worker.id, worker.id])
    }
}
