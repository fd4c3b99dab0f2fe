import FleetModel

/// A row for each of a few classes: its name, a bar, its figure.
package struct Histogram: Widget, Sendable {
    package struct Row: Sendable {
        package var label: SafeText
        package var value: Double
        /// The value as it is written.
        package var text: SafeText
        package var style: Style

        package init(_ label: SafeText, _ value: Double, text: SafeText, style: Style = Style(.bar)) {
            self.label = label
            self.value = value
            self.text = text
            self.style = style
        }
    }

    /// From the top; those that do not fit are left out.
    package var rows: [Row]
    /// What a full bar stands for; without one the largest value does.
    package var ceiling: Double?

    package init(_ rows: [Row], ceiling: Double? = nil) {
        self.rows = rows
        self.ceiling = ceiling
    }

    /// Bars shorter than this say nothing: names and figures are then all there is.
    private static let shortestBar = 4

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let scale = ChartScale(ceiling: ceiling, values: rows.map(\.value))
        let text = min(rows.reduce(0) { max($0, $1.text.columnWidth) }, area.width)
        let label = max(0, min(rows.reduce(0) { max($0, $1.label.columnWidth) }, area.width - text - 1))
        let bar = area.width - label - text - 2
        for (index, row) in rows.prefix(area.height).enumerated() {
            let y = area.y + index
            buffer.put(row.label, x: area.x, y: y, width: label, ellipsis: glyphs.ellipsis)
            if bar >= Self.shortestBar {
                buffer.draw(
                    Bar(scale.fraction(row.value), style: row.style, rest: Style(.barEmpty)),
                    in: Rect(x: area.x + label + 1, y: y, width: bar, height: 1), glyphs: glyphs)
            }
            let x = area.x + area.width - min(row.text.columnWidth, text)
            buffer.put(row.text, x: x, y: y, style: Style(.dim), width: text, ellipsis: glyphs.ellipsis)
        }
    }
}
