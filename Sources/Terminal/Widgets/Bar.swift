/// A horizontal bar that is filled to a fraction, in eighths of a cell where the terminal has them.
package struct Bar: Widget, Sendable {
    /// From 0 to 1; what lies outside is drawn as the nearer end.
    package var fraction: Double
    package var style: Style
    /// Fills the part that is left over; nil leaves it blank.
    package var rest: Style?

    package init(_ fraction: Double, style: Style = Style(.bar), rest: Style? = nil) {
        self.fraction = fraction
        self.style = style
        self.rest = rest
    }

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let eighths = Self.eighths(of: fraction, width: area.width)
        for column in 0..<area.width {
            let filled = min(max(eighths - column * 8, 0), 8)
            buffer[area.x + column, area.y] =
                filled > 0 ? Cell(glyphs.barEighths[filled - 1], style) : restCell(glyphs)
        }
    }

    private func restCell(_ glyphs: Glyphs) -> Cell {
        guard let rest else { return Cell(" ", style) }
        return Cell(glyphs.barRest, rest)
    }

    /// A figure that is not nothing shows at least an eighth; a NaN counts as nothing.
    private static func eighths(of fraction: Double, width: Int) -> Int {
        guard fraction > 0 else { return 0 }
        return max(1, Int((min(fraction, 1) * Double(width * 8)).rounded()))
    }
}
