/// How a distribution went: a column for each moment, a row for each band of values, heat for how much fell there.
///
/// It can be read without colour: every level has a mark of its own.
package struct HeatMap: Widget, Sendable {
    /// Oldest first; of each moment, how much fell into each band, lowest band first. A gap in the record is nil.
    package var columns: [[Double]?]
    /// How many bands there are, whatever the moments say.
    package var bands: Int
    /// What is hottest; without one the largest value shown is.
    package var ceiling: Double?
    /// One label for each band, lowest first.
    package var axis: ChartAxis
    /// The index in `columns` that is looked at.
    package var cursor: Int?

    package init(
        _ columns: [[Double]?], bands: Int, ceiling: Double? = nil, axis: ChartAxis = ChartAxis(), cursor: Int? = nil
    ) {
        self.columns = columns
        self.bands = bands
        self.ceiling = ceiling
        self.axis = axis
        self.cursor = cursor
    }

    /// The index in `columns` of what is drawn in a column of the screen, for a click; nil beside the columns.
    package func index(atColumn x: Int, in area: Rect) -> Int? {
        ChartColumns(count: columns.count, plot: plot(in: area)).index(atColumn: x)
    }

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let plot = plot(in: area)
        guard plot.height > 0, bands > 0 else { return }
        let shown = ChartColumns(count: columns.count, plot: plot)
        axis.draw(into: &buffer, around: plot, in: area, cursor: cursor.flatMap(shown.offset), glyphs: glyphs)
        let moments = columns[shown.shown].map { $0.map { rows(of: $0, height: plot.height) } }
        let scale = ChartScale(ceiling: ceiling, values: moments.lazy.compactMap { $0 }.joined().map(Optional.some))
        for (index, moment) in zip(shown.shown, moments) {
            guard let moment else { continue }
            draw(moment, scale, into: &buffer, plot, x: shown.x(of: index), isCursor: index == cursor, glyphs)
        }
    }

    private func draw(
        _ moment: [Double], _ scale: ChartScale, into buffer: inout CellBuffer, _ plot: Rect, x: Int, isCursor: Bool,
        _ glyphs: Glyphs
    ) {
        let hottest = ThemeRole.heatScale.count - 1
        for (row, value) in moment.enumerated() {
            let level = scale.steps(value, of: hottest)
            let style = Style(ThemeRole.heatScale[level], reverse: isCursor)
            buffer[x, plot.y + plot.height - 1 - row] = Cell(glyphs.heat[level], style)
        }
    }

    /// As many bands as there is room for: neighbours are added up where there are more.
    private func rows(of moment: [Double], height: Int) -> [Double] {
        var rows = [Double](repeating: 0, count: min(height, bands))
        for (band, value) in moment.prefix(bands).enumerated() where value > 0 {
            rows[band * rows.count / bands] += value
        }
        return rows
    }

    private func plot(in area: Rect) -> Rect { axis.plot(in: area, rows: bands) }
}
