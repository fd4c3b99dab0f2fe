import FleetModel
import Terminal

/// A line of words on a page, such as what failed and what to do about it.
struct PageLine: Sendable, Equatable {
    let words: SafeText
    let style: Style

    init(_ words: SafeText, _ style: Style = .normal) {
        self.words = words
        self.style = style
    }

    /// A fact under its name: "  policy        noeviction".
    static func fact(_ name: SafeText, _ value: SafeText, _ style: Style = .normal) -> PageLine {
        let padding = String(repeating: " ", count: max(1, factWidth - name.columnWidth))
        return PageLine("\(name)\(SafeText(padding))\(value)", style)
    }

    /// Columns that names of facts take.
    static let factWidth = 15
}

/// Lines of words below each other, as many as there is room for.
struct PageLines: Widget {
    let lines: [PageLine]
    var scroll = 0

    init(_ lines: [PageLine], scroll: Int = 0) {
        self.lines = lines
        self.scroll = scroll
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        for (index, line) in lines.dropFirst(scroll).prefix(max(0, area.height)).enumerated() {
            buffer.put(
                line.words, x: area.x + TableLayout.margin, y: area.y + index, style: line.style,
                width: area.width - TableLayout.margin - 1, ellipsis: glyphs.ellipsis)
        }
    }
}

extension [PageLine] {
    /// The same with lines that are too long broken at blanks.
    func wrapped(to width: Int) -> [PageLine] {
        flatMap { line in
            line.words.columnWidth <= width
                ? [line] : line.words.wrapped(to: Swift.max(8, width)).map { PageLine($0, line.style) }
        }
    }
}
