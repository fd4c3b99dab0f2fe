import FleetModel
import Testing

@testable import Terminal

@Suite("A cell buffer")
struct CellBufferTests {
    private func buffer(_ columns: Int, _ rows: Int = 1) -> CellBuffer {
        CellBuffer(size: Size(columns: columns, rows: rows))
    }

    @Test("cuts off what lies outside it")
    func clips() {
        var buffer = buffer(4, 2)
        buffer.put("abcdef", x: 2, y: 0)
        buffer.put("abc", x: -1, y: 1)
        buffer.put("never", x: 0, y: 7)
        #expect(buffer.textLines == ["  ab", "bc"])
    }

    @Test("does not begin a wide character in its last column")
    func wideAtEdge() {
        var buffer = buffer(3)
        #expect(buffer.put("a日本", x: 0, y: 0) == 3)
        #expect(buffer.textLines == ["a日"])
        #expect(buffer[2, 0].isContinuation)
    }

    @Test("blanks the other half of a wide character that is written over", arguments: [(1, " x"), (0, "x")])
    func half(_ x: Int, _ line: String) {
        var buffer = buffer(3)
        buffer.put("日", x: 0, y: 0)
        buffer.put("x", x: x, y: 0)
        #expect(buffer.textLines == [line])
        #expect(!buffer.cells.contains { $0.isContinuation })
    }

    @Test("keeps wide characters whole when they overlap")
    func overlap() {
        var buffer = buffer(6)
        buffer.put("日本", x: 0, y: 0)
        buffer.put("語", x: 1, y: 0)
        #expect(buffer.textLines == [" 語"])
        buffer.put("한", x: 1, y: 0)
        #expect(buffer.textLines == [" 한"])
    }

    @Test("leaves out a mark that has no letter to join")
    func loneMark() {
        var buffer = buffer(4)
        #expect(buffer.put("\u{301}ab", x: 0, y: 0) == 2)
        #expect(buffer.textLines == ["ab"])
    }

    @Test("marks text that was cut")
    func ellipsis() {
        var buffer = buffer(12, 3)
        buffer.put("gw1-w2", x: 0, y: 0, width: 6, ellipsis: "…")
        buffer.put("gw1-w2", x: 0, y: 1, width: 5, ellipsis: "…")
        buffer.put("日本語", x: 0, y: 2, width: 4, ellipsis: "…")
        #expect(buffer.textLines == ["gw1-w2", "gw1-…", "日…"])
    }
}

@Suite("The difference of two buffers")
struct BufferDiffTests {
    private var old: CellBuffer {
        var buffer = CellBuffer(size: Size(columns: 10, rows: 3))
        buffer.put("connection", x: 0, y: 1)
        return buffer
    }

    @Test("is nothing for equal ones")
    func equal() {
        #expect(BufferDiff.runs(from: old, to: old) == [])
    }

    @Test("is a run for each stretch of changed cells")
    func runs() {
        var new = old
        new.put("XX", x: 2, y: 1)
        new.put("Y", x: 9, y: 1)
        new.restyle(Rect(x: 0, y: 2, width: 1, height: 1)) { $0.bold = true }
        #expect(
            BufferDiff.runs(from: old, to: new) == [
                BufferDiff.Run(x: 2, y: 1, width: 2), BufferDiff.Run(x: 9, y: 1, width: 1),
                BufferDiff.Run(x: 0, y: 2, width: 1),
            ])
    }

    @Test("is everything against nothing or another size")
    func everything() {
        let rows = (0..<3).map { BufferDiff.Run(x: 0, y: $0, width: 10) }
        #expect(BufferDiff.runs(from: nil, to: old) == rows)
        #expect(BufferDiff.runs(from: CellBuffer(size: Size(columns: 3, rows: 3)), to: old) == rows)
    }
}
