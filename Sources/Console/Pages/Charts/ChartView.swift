import FleetModel
import Terminal

/// One figure of the fleet over time: its name and its latest values, the columns, and what happened under them.
struct ChartView: Widget {
    let chart: FleetChart
    let charts: FleetCharts
    let now: UnixTime
    let step: Duration
    /// Columns before the newest that is looked at; nil without a cursor.
    var cursorAge: Int?

    /// Under this many rows there is no chart, only its title.
    static let leastHeight = 3
    /// From this height on there is a row for marks.
    private static let heightWithMarks = 6

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let points = charts.points.series(step: step, count: area.width, until: now)
        let values = points.map { $0?.value(of: chart) }
        drawTitle(values, into: &buffer, in: area.line(0), glyphs)
        let marks = area.height >= Self.heightWithMarks
        let body = Rect(
            x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - (marks ? 2 : 1)))
        let top = ChartTop.rounded(values.lazy.compactMap { $0 }.max() ?? 0)
        let axis = ChartAxis(
            labels: ["0", Figures.rate(top)], start: ChartWords.ago(step * max(0, area.width - 8)), end: ChartWords.now)
        let plot = axis.plot(in: body)
        let view = ColumnChart(
            values, ceiling: top, style: Style(chart == .unplanned ? .warning : .spark),
            axis: ChartAxis(labels: axis.labels, start: ChartWords.ago(step * plot.width), end: axis.end),
            cursor: cursorAge.map { values.count - 1 - $0 })
        buffer.draw(view, in: body, glyphs: glyphs)
        guard marks else { return }
        let row = Rect(x: plot.x, y: area.y + area.height - 1, width: plot.width, height: 1)
        buffer.draw(MarkRow(marks: charts.marks, points: points, step: step, now: now), in: row, glyphs: glyphs)
    }

    private func drawTitle(
        _ values: [Double?], into buffer: inout CellBuffer, in line: Rect, _ glyphs: Glyphs
    ) {
        let known = values.compactMap { $0 }
        let end = buffer.put(chart.name, x: line.x, y: line.y, style: Style(.header))
        let words =
            known.isEmpty
            ? ChartWords.nothingYet
            : ChartWords.latest(chart.text(known.last ?? 0), most: chart.text(known.max() ?? 0))
        buffer.put(
            words, x: end + 2, y: line.y, style: Style(.dim), width: line.x + line.width - end - 2,
            ellipsis: glyphs.ellipsis)
    }
}

/// What a full column stands for: a round figure, so that the scale does not move with every value.
enum ChartTop {
    static func rounded(_ value: Double) -> Double {
        guard value.isFinite, value > 1 else { return 1 }
        var power = 1.0
        while power * 10 < value { power *= 10 }
        return [1, 2, 5, 10].lazy.map { $0 * power }.first { $0 >= value } ?? value
    }
}

/// One row under a chart: a letter where something happened, and a line while clients come in a storm.
struct MarkRow: Widget {
    let marks: ChartMarks
    let points: [ChartPoint?]
    let step: Duration
    let now: UnixTime

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let byAge = marks.byAge(step: step, until: now)
        for age in 0..<min(area.width, points.count) {
            let x = area.x + area.width - 1 - age
            if let mark = byAge[age]?.min(by: { $0.kind.weight < $1.kind.weight }) {
                buffer[x, area.y] = Cell(mark.kind.letter, Style(mark.kind.severity.style.role, bold: true))
            } else if points[points.count - 1 - age]?.storms ?? 0 > 0 {
                buffer[x, area.y] = Cell(glyphs.approximately, Style(.warning))
            }
        }
    }
}

extension ChartMark.Kind {
    fileprivate var weight: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// The same in every language: the help of the page tells what they stand for.
    var letter: Character {
        switch self {
        case .storm: "S"
        case .gone: "X"
        case .restart: "R"
        case .operation: "O"
        case .drain: "D"
        }
    }
}
