import FleetModel
import Terminal

/// What stands under the cursor of a zoomed chart: the time, every figure of that moment, and what happened then.
struct ChartCursorLine: Widget {
    let charts: FleetCharts
    let zoom: ChartZoom
    let now: UnixTime

    static let height = 2

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let age = zoom.age(at: now)
        let time = now.advanced(by: .zero - zoom.step * age)
        let x = buffer.put(SafeText(time.clockText), x: area.x, y: area.y, style: Style(.accent, bold: true)) + 2
        let width = area.x + area.width - x
        buffer.put(figures(age), x: x, y: area.y, width: width, ellipsis: glyphs.ellipsis)
        let marks = charts.marks.byAge(step: zoom.step, until: now)[age] ?? []
        let words = marks.isEmpty ? ChartWords.legend : SafeText.list(marks.map(ChartWords.mark))
        buffer.put(
            words, x: area.x, y: area.y + 1, style: Style(marks.isEmpty ? .dim : .warning), width: area.width,
            ellipsis: glyphs.ellipsis)
    }

    private func figures(_ age: Int) -> SafeText {
        guard let point = charts.points.series(step: zoom.step, count: age + 1, until: now).first ?? nil else {
            return ChartWords.noPoint
        }
        return .list(FleetChart.allCases.map { "\($0.name) \($0.text(point.value(of: $0)))" })
    }
}

extension SafeText {
    /// "this, that, and those" without more ado.
    static func list(_ parts: [SafeText]) -> SafeText {
        parts.dropFirst().reduce(parts.first ?? "") { "\($0), \($1)" }
    }
}
