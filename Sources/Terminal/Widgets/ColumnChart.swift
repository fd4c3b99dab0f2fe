/// How a figure went, as columns over several rows in eighths of a row: oldest left, newest at the right edge.
package struct ColumnChart: Widget, Sendable {
    /// Oldest first; a gap in the record is nil. Only as many as fit are drawn, the newest of them.
    package var values: [Double?]
    /// What a full column stands for; without one the largest value shown does.
    package var ceiling: Double?
    package var style: Style
    package var axis: ChartAxis
    /// The index in `values` that is looked at.
    package var cursor: Int?

    package init(
        _ values: [Double?], ceiling: Double? = nil, style: Style = Style(.spark), axis: ChartAxis = ChartAxis(),
        cursor: Int? = nil
    ) {
        self.values = values
        self.ceiling = ceiling
        self.style = style
        self.axis = axis
        self.cursor = cursor
    }

    /// The index in `values` of what is drawn in a column of the screen, for a click; nil beside the columns.
    package func index(atColumn x: Int, in area: Rect) -> Int? {
        ChartColumns(count: values.count, plot: axis.plot(in: area)).index(atColumn: x)
    }

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let plot = axis.plot(in: area)
        let columns = ChartColumns(count: values.count, plot: plot)
        axis.draw(
            into: &buffer, around: plot, in: area, cursor: cursor.flatMap(columns.offset), glyphs: glyphs)
        let scale = ChartScale(ceiling: ceiling, values: values[columns.shown])
        for index in columns.shown {
            let x = columns.x(of: index)
            if index == cursor { drawCursor(into: &buffer, plot, x: x, glyphs) }
            if let value = values[index] {
                let look = index == cursor ? Style(.accent, bold: true) : style
                draw(scale.steps(value, of: plot.height * glyphs.sparks.count), into: &buffer, plot, x, look, glyphs)
            }
        }
    }

    private func draw(
        _ steps: Int, into buffer: inout CellBuffer, _ plot: Rect, _ x: Int, _ look: Style, _ glyphs: Glyphs
    ) {
        let whole = glyphs.sparks.count
        for row in 0..<plot.height {
            let filled = min(max(steps - row * whole, 0), whole)
            guard filled > 0 else { return }
            buffer[x, plot.y + plot.height - 1 - row] = Cell(glyphs.sparks[filled - 1], look)
        }
    }

    private func drawCursor(into buffer: inout CellBuffer, _ plot: Rect, x: Int, _ glyphs: Glyphs) {
        buffer.fill(
            Rect(x: x, y: plot.y, width: 1, height: plot.height), with: Cell(glyphs.cursorLine, Style(.accent)))
    }
}

/// Which of a history's values a plot shows, one a column, and where.
struct ChartColumns {
    let shown: Range<Int>
    private let right: Int
    private let count: Int
    private let left: Int

    init(count: Int, plot: Rect) {
        shown = max(0, count - max(0, plot.width))..<count
        left = plot.x
        right = plot.x + plot.width
        self.count = count
    }

    func x(of index: Int) -> Int { right - (count - index) }

    func index(atColumn x: Int) -> Int? {
        let index = count - (right - x)
        return shown.contains(index) ? index : nil
    }

    /// From the plot's left; nil where it is not shown.
    func offset(of index: Int) -> Int? { shown.contains(index) ? x(of: index) - left : nil }
}
