import FleetModel
import Terminal

/// A screen in the console's manner that shows every role and widget.
struct ProbeScene {
    var tick = 0
    var note: SafeText = "ready"
    let glyphs: Glyphs

    private struct Row {
        let worker: SafeText
        let state: SafeText
        let role: ThemeRole
        let connections: Int
        let share: Double
        let history: [Double?]
    }

    private let rows = [
        Row(
            worker: "gw1-w2", state: "hot", role: .critical, connections: 8912, share: 0.44,
            history: [2, 3, 3, 4, 6, 7, 7, 8]),
        Row(
            worker: "gw1-w0", state: "active", role: .good, connections: 3770, share: 0.19,
            history: [2, 2, 2, 3, 2, 2, 3, 2]),
        Row(
            worker: "gw1-w1", state: "draining", role: .warning, connections: 3741, share: 0.186,
            history: [7, 6, 5, 4, 4, 3, 2, 2]),
        Row(
            worker: "gw1-w3", state: "stale", role: .stale, connections: 3761, share: 0.187,
            history: [2, 2, nil, nil, 3, 2, 2, 2]),
    ]

    func buffer(_ size: Size) -> CellBuffer {
        var buffer = CellBuffer(size: size)
        drawHeader(&buffer)
        buffer.draw(
            Rule("fleet", notes: ["sort p99 \(SafeText(String(glyphs.descending)))", "4 of 4", "live 1 s"]),
            in: Rect(x: 0, y: 1, width: size.columns, height: 1), glyphs: glyphs)
        buffer.put(
            "   WORKER    STATE       CONNS  SHARE                    OUT/s  LAST MINUTE", x: 0, y: 2,
            style: Style(.header))
        for (index, row) in rows.enumerated() { draw(row, index, &buffer) }
        drawHeat(&buffer)
        drawBox(&buffer)
        var x = 1
        for (key, words) in [("d", "drain"), ("/", "filter"), ("?", "help"), ("q", "quit")] {
            x = buffer.put(SafeText(key), x: x, y: size.rows - 2, style: Style(.key))
            x = buffer.put(" \(SafeText(words))  ", x: x, y: size.rows - 2, style: Style(.dim))
        }
        buffer.put(note, x: 1, y: size.rows - 1)
        return buffer
    }

    private func drawHeader(_ buffer: inout CellBuffer) {
        var x = buffer.put(" gadtop", x: 0, y: 0, style: Style(.title))
        x = buffer.put("  prod-bsas  ", x: x, y: 0, style: Style(.dim))
        x = buffer.put("20,184", x: x, y: 0, style: Style(.normal, bold: true))
        x = buffer.put(" conns  ", x: x, y: 0, style: Style(.dim))
        buffer.draw(Sparkline([1, 2, 2, 3, 5, 5, 6, 7]), in: Rect(x: x, y: 0, width: 8, height: 1), glyphs: glyphs)
        x = buffer.put("  p99 88 ms   ", x: x + 8, y: 0)
        buffer.put("WARN 2 hot worker gw1-w2", x: x, y: 0, style: Style(.warning))
    }

    private func draw(_ row: Row, _ index: Int, _ buffer: inout CellBuffer) {
        let y = 3 + index
        buffer.put(SafeText(index == 0 ? " \(glyphs.pointer) " : "   "), x: 0, y: y, style: Style(.accent))
        buffer.put(row.worker, x: 3, y: y)
        buffer.put(row.state, x: 13, y: y, style: Style(row.role))
        buffer.put("\(row.connections + (index == 0 ? tick : 0))", endingAt: 30, y: y)
        buffer.draw(
            Bar(row.share, style: Style(.bar), rest: Style(.barEmpty)), in: Rect(x: 32, y: y, width: 20, height: 1),
            glyphs: glyphs)
        buffer.put("\(Int(row.share * 100))%", endingAt: 56, y: y, style: Style(.dim))
        buffer.put("\(18000 + index * 97 + tick)", endingAt: 62, y: y, style: Style(index == 1 ? .changed : .normal))
        buffer.draw(Sparkline(row.history), in: Rect(x: 64, y: y, width: 8, height: 1), glyphs: glyphs)
        if index == 0 { buffer.restyle(Rect(x: 0, y: y, width: buffer.size.columns, height: 1)) { $0.selected = true } }
    }

    private func drawHeat(_ buffer: inout CellBuffer) {
        buffer.draw(
            Rule("rooms × workers"), in: Rect(x: 0, y: 8, width: buffer.size.columns, height: 1), glyphs: glyphs)
        buffer.put("ops:field:north", x: 3, y: 9)
        buffer.put("sala 日本 👍🏽 né", x: 3, y: 10)
        for (index, role) in ThemeRole.heatScale.enumerated() {
            buffer.put(" \(index * 800) ", endingAt: 32 + index * 7, y: 9, style: Style(role))
            buffer[27 + index * 7, 10] = Cell(glyphs.heat[index], Style(role))
        }
    }

    private func drawBox(_ buffer: inout CellBuffer) {
        let area = Rect(x: 3, y: 12, width: 50, height: 5)
        buffer.draw(Box("Drain gw1-w1"), in: area, glyphs: glyphs)
        let inside = Box.interior(of: area)
        buffer.put(" 3,741 connections close at 16/s for 3 m 54 s.", x: inside.x, y: inside.y)
        buffer.put(" Type ", x: inside.x, y: inside.y + 1, style: Style(.dim))
        buffer.put("gw1-w1__", x: inside.x + 6, y: inside.y + 1, style: Style(.input))
        buffer.put(" failed: 2 connections left", x: inside.x, y: inside.y + 2, style: Style(.critical))
    }
}
