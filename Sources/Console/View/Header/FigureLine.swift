import FleetModel
import Terminal

/// One figure of a header: a quiet label and a value that keeps its place.
struct Figure {
    var label: SafeText = ""
    var value: SafeText
    /// Quiet words behind the value, as its unit.
    var unit: SafeText = ""
    /// Words behind all that, as many as find room.
    var words: SafeText = ""
    /// The value is set right in so many columns, so that what follows does not move.
    var valueWidth = 0
    var style = Style.normal
    /// The lowest leave first when there is no room for all.
    var priority: Int
    /// Drawn as a sparkline in the place of the value.
    var history: [Double] = []

    /// Without the words that may be cut.
    var columnWidth: Int {
        let around = label.columnWidth + (label.isEmpty ? 0 : 1) + (unit.isEmpty ? 0 : unit.columnWidth + 1)
        return around + max(valueWidth, value.columnWidth)
    }

    fileprivate var part: LayoutPart {
        let least = columnWidth
        return LayoutPart(
            minimum: least, maximum: words.isEmpty ? least : least + 1 + words.columnWidth, priority: priority)
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
                draw(figure, into: &buffer, in: Rect(x: x, y: area.y, width: length, height: 1), glyphs)
            } else {
                buffer.draw(
                    Sparkline(figure.history), in: Rect(x: x, y: area.y, width: length, height: 1), glyphs: glyphs)
            }
            x += length + Self.spacing
        }
    }

    private func lengths(in width: Int) -> [Int?] {
        Layout.lengths(of: figures.map(\.part), in: width, spacing: Self.spacing)
    }

    private func draw(_ figure: Figure, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        var (x, y) = (area.x, area.y)
        if !figure.label.isEmpty { x = buffer.put(figure.label, x: x, y: y, style: Style(.dim)) + 1 }
        x += max(0, figure.valueWidth - figure.value.columnWidth)
        x = buffer.put(figure.value, x: x, y: y, style: figure.style)
        if !figure.unit.isEmpty { x = buffer.put(figure.unit, x: x + 1, y: y, style: Style(.dim)) }
        let rest = area.x + area.width - x - 1
        guard !figure.words.isEmpty, rest > 3 else { return }
        buffer.put(figure.words, x: x + 1, y: y, style: figure.style, width: rest, ellipsis: glyphs.ellipsis)
    }
}
