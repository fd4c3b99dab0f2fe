import FleetModel

/// What stands beside and under a chart: values at the left, lowest first, and what its first and last columns are.
///
/// ```
/// 1000 ┤
///  100 ┤  ▂▅
///   10 ┤▃▇██
///      └────
///      -5 m now
/// ```
package struct ChartAxis: Sendable {
    /// Spread evenly over the height from the bottom; those for which there is no room are left out.
    package var labels: [SafeText]
    package var start: SafeText
    package var end: SafeText

    package init(labels: [SafeText] = [], start: SafeText = "", end: SafeText = "") {
        self.labels = labels
        self.start = start
        self.end = end
    }

    /// Under this many rows a chart is worth more than what stands below it.
    private static let rowsWithFooter = 4
    /// Over this share of the width labels would hide what they are for.
    private static let largestLabelShare = 2

    /// The rectangle that is left for the chart itself, at the bottom where it has use for so many rows only.
    package func plot(in area: Rect, rows most: Int = .max) -> Rect {
        let left = min(area.width, labelWidth(in: area) + (labels.isEmpty ? 0 : 2))
        let bottom = area.y + max(0, area.height - footerRows(in: area))
        let height = max(0, min(bottom - area.y, most))
        return Rect(x: area.x + left, y: bottom - height, width: area.width - left, height: height)
    }

    /// - Parameter cursor: the column of the plot that is looked at, from its left.
    func draw(into buffer: inout CellBuffer, around plot: Rect, in area: Rect, cursor: Int?, glyphs: Glyphs) {
        guard plot.width > 0, plot.height > 0 else { return }
        drawLabels(into: &buffer, in: area, plot, glyphs)
        guard footerRows(in: area) > 0 else { return }
        let y = plot.y + plot.height
        buffer.fill(
            Rect(x: plot.x, y: y, width: plot.width, height: 1),
            with: Cell(glyphs.border.horizontal, Style(.border)))
        if !labels.isEmpty { buffer[plot.x - 1, y] = Cell(glyphs.border.bottomLeft, Style(.border)) }
        if let cursor { buffer[plot.x + cursor, y] = Cell(glyphs.cursorMark, Style(.accent)) }
        drawCaption(into: &buffer, plot, y: y + 1, glyphs)
    }

    private func drawLabels(into buffer: inout CellBuffer, in area: Rect, _ plot: Rect, _ glyphs: Glyphs) {
        guard !labels.isEmpty, plot.x > area.x else { return }
        let axis = plot.x - 1
        buffer.fill(
            Rect(x: axis, y: plot.y, width: 1, height: plot.height), with: Cell(glyphs.border.vertical, Style(.border)))
        let width = labelWidth(in: area)
        var taken: Set<Int> = []
        for (index, label) in labels.enumerated() where !label.isEmpty {
            let y = plot.y + plot.height - 1 - row(of: index, height: plot.height)
            guard taken.insert(y).inserted else { continue }
            buffer[axis, y] = Cell(glyphs.border.teeLeft, Style(.border))
            let x = area.x + max(0, width - label.columnWidth)
            buffer.put(label, x: x, y: y, style: Style(.dim), width: width, ellipsis: glyphs.ellipsis)
        }
    }

    private func drawCaption(into buffer: inout CellBuffer, _ plot: Rect, y: Int, _ glyphs: Glyphs) {
        guard hasCaption else { return }
        let right = plot.x + plot.width
        let room = plot.width - end.columnWidth - 1
        if room >= start.columnWidth { buffer.put(start, x: plot.x, y: y, style: Style(.dim)) }
        if end.columnWidth <= plot.width { buffer.put(end, endingAt: right, y: y, style: Style(.dim)) }
    }

    private var hasCaption: Bool { !start.isEmpty || !end.isEmpty }

    private func footerRows(in area: Rect) -> Int {
        guard hasCaption || !labels.isEmpty else { return 0 }
        let rows = hasCaption ? 2 : 1
        return area.height >= Self.rowsWithFooter + rows ? rows : 0
    }

    private func labelWidth(in area: Rect) -> Int {
        min(labels.reduce(0) { max($0, $1.columnWidth) }, area.width / Self.largestLabelShare)
    }

    /// From the bottom.
    private func row(of index: Int, height: Int) -> Int {
        guard labels.count > 1 else { return 0 }
        return (index * (height - 1) + (labels.count - 1) / 2) / (labels.count - 1)
    }
}
