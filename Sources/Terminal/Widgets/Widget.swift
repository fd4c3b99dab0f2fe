import FleetModel

/// A piece of a screen that draws itself into a rectangle of a buffer and nowhere else.
package protocol Widget {
    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs)
}

extension CellBuffer {
    package mutating func draw(_ widget: some Widget, in area: Rect, glyphs: Glyphs) {
        guard area.width > 0, area.height > 0 else { return }
        widget.draw(into: &self, in: area, glyphs: glyphs)
    }

    /// Writes text into `width` columns and marks with an ellipsis that it was cut.
    package mutating func put(
        _ text: SafeText, x: Int, y: Int, style: Style = .normal, width: Int, ellipsis: Character
    ) {
        guard width > 0 else { return }
        let (beginning, fits) = text.beginning(columns: width)
        guard !fits else {
            put(beginning, x: x, y: y, style: style, width: width)
            return
        }
        let end = put(beginning, x: x, y: y, style: style, width: width - 1)
        self[end, y] = Cell(ellipsis, style)
    }
}
