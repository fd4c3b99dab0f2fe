import FleetModel
import Terminal

/// One figure of a header: a quiet label and a value that keeps its place.
struct Figure {
    var label: SafeText = ""
    var value: SafeText
    /// Quiet words behind the value, as its unit.
    var unit: SafeText = ""
    /// The value is set right in so many columns, so that what follows does not move.
    var valueWidth = 0
    var style = Style.normal
    /// The lowest leave first when there is no room for all.
    var priority: Int
    /// Drawn as a sparkline in the place of the value.
    var history: [Double] = []

    var columnWidth: Int {
        let words = label.columnWidth + (label.isEmpty ? 0 : 1) + (unit.isEmpty ? 0 : unit.columnWidth + 1)
        return words + max(valueWidth, value.columnWidth)
    }
}

/// Figures side by side, as many as fit.
struct FigureLine: Widget {
    let figures: [Figure]

    private static let spacing = 2

    /// What the figures that fit in so many columns take.
    func columnWidth(in width: Int) -> Int {
        let lengths = lengths(in: width).compactMap { $0 }
        return lengths.reduce(0, +) + Self.spacing * max(0, lengths.count - 1)
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        var x = area.x
        for (figure, length) in zip(figures, lengths(in: area.width)) {
            guard let length else { continue }
            if figure.history.isEmpty {
                draw(figure, into: &buffer, x: x, y: area.y)
            } else {
                buffer.draw(
                    Sparkline(figure.history), in: Rect(x: x, y: area.y, width: length, height: 1), glyphs: glyphs)
            }
            x += length + Self.spacing
        }
    }

    private func lengths(in width: Int) -> [Int?] {
        Layout.lengths(
            of: figures.map { .fixed($0.columnWidth, priority: $0.priority) }, in: width, spacing: Self.spacing)
    }

    private func draw(_ figure: Figure, into buffer: inout CellBuffer, x: Int, y: Int) {
        var x = x
        if !figure.label.isEmpty { x = buffer.put(figure.label, x: x, y: y, style: Style(.dim)) + 1 }
        x += max(0, figure.valueWidth - figure.value.columnWidth)
        x = buffer.put(figure.value, x: x, y: y, style: figure.style)
        if !figure.unit.isEmpty { buffer.put(figure.unit, x: x + 1, y: y, style: Style(.dim)) }
    }
}
