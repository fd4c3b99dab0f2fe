/// A row of small columns that shows how a figure went, oldest left, newest at the right edge.
package struct Sparkline: Widget, Sendable {
    /// Oldest first; a gap in the record is nil. Only as many as fit are drawn, the newest of them.
    package var values: [Double?]
    /// What a full column stands for; without one the largest value shown does.
    package var ceiling: Double?
    package var style: Style

    package init(_ values: [Double?], ceiling: Double? = nil, style: Style = Style(.spark)) {
        self.values = values
        self.ceiling = ceiling
        self.style = style
    }

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let shown = values.suffix(area.width)
        let top = ceiling ?? shown.reduce(0) { max($0, $1 ?? 0) }
        var x = area.x + area.width - shown.count
        for value in shown {
            let glyph = value.map { glyphs.sparks[Self.step($0, of: glyphs.sparks.count, top: top)] }
            buffer[x, area.y] = Cell(glyph ?? " ", style)
            x += 1
        }
    }

    /// Zero is the lowest step and the ceiling the highest; a NaN counts as zero.
    private static func step(_ value: Double, of steps: Int, top: Double) -> Int {
        guard top > 0, value > 0 else { return 0 }
        return Int((min(value / top, 1) * Double(steps - 1)).rounded())
    }
}
