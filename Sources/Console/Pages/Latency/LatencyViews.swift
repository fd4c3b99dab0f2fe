import FleetModel
import Terminal

/// A histogram as bars, the fastest on top; what is over the limit is set off by a mark.
struct LatencyBarsView: Widget {
    let histogram: LatencyHistogram

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard histogram.count > 0 else {
            buffer.put(LatencyWords.nothing, x: area.x, y: area.y, style: Style(.dim), width: area.width)
            return
        }
        let counts = LatencyBands.counts(of: histogram)
        let lines = BandRows(used: counts.usedBands, rows: area.height)
        let rows = lines.sums(counts).enumerated().map { row, count in
            let mark: SafeText = lines.isLate(row) ? "!" : " "
            let part = Figures.tenths(percent: Double(count) / Double(histogram.count))
            return Histogram.Row(
                lines.label(row) + mark, Double(count), text: "\(Figures.grouped(Int(clamping: count))) \(part)",
                style: Style(lines.isLate(row) ? .warning : .bar))
        }
        buffer.draw(Histogram(rows), in: area, glyphs: glyphs)
    }
}

/// Latencies over time: the later, the higher; heat by the order of magnitude, so that the few late ones are seen
/// beside the many that are not.
struct LatencyHeatView: Widget {
    let charts: FleetCharts
    let now: UnixTime
    let step: Duration
    var cursorAge: Int?

    /// What labels and axis take.
    private static let axisWidth = 10
    private static let footer = 2

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let width = max(0, area.width - Self.axisWidth)
        let series = charts.latencies.series(step: step, count: width, until: now)
        let used = series.lazy.compactMap { $0?.counts.usedBands }.reduce(nil as ClosedRange<Int>?) { all, range in
            guard let all else { return range }
            return min(all.lowerBound, range.lowerBound)...max(all.upperBound, range.upperBound)
        }
        let rows = BandRows(used: used, rows: max(1, area.height - Self.footer))
        let axis = ChartAxis(
            labels: (0..<rows.count).map { rows.label($0) + (rows.isLate($0) ? "!" : " ") },
            start: ChartWords.ago(step * width), end: ChartWords.now)
        let columns = series.map { column in
            column.map { rows.sums($0.counts).map { log2(1 + $0) } }
        }
        let map = HeatMap(
            columns, bands: rows.count, axis: axis, cursor: cursorAge.map { columns.count - 1 - $0 })
        buffer.draw(map, in: area, glyphs: glyphs)
    }

    /// Whole and half powers are all that a few levels of heat can show.
    private func log2(_ value: UInt64) -> Double {
        guard value > 1 else { return 0 }
        let exponent = UInt64.bitWidth - 1 - value.leadingZeroBitCount
        return Double(exponent) + Double(value) / Double(UInt64(1) << UInt64(exponent)) - 1
    }
}
