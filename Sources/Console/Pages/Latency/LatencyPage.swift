import FleetModel
import Terminal

/// How long messages take from publish to the socket: as a histogram, over time, and by class and worker.
struct LatencyPage: ConsolePage {
    private var percentiles = TableState()
    private var zoom = ChartZoom(steps: [.seconds(5), .seconds(30), .seconds(60), .seconds(300)])
    /// What all workers recorded in the last seconds, by class; summed once a look.
    private var window = LatencyFlow.Share()

    let kind = PageKind.latency
    var title: SafeText { PageWords.name(.latency) }

    /// While the heat map has the page there is no table to sort or filter.
    var table: TableState? {
        get { zoom.isOn ? nil : percentiles }
        set { percentiles = newValue ?? percentiles }
    }

    func source(_ context: PageContext) -> (any TableSource)? { zoom.isOn ? nil : rows(context) }

    private func rows(_ context: PageContext) -> PercentileTable { PercentileTable(context.snapshot, window) }

    mutating func refresh(_ context: PageContext) {
        window = context.world.fleet.latencyFlow.window
        let source = rows(context)
        let layout = LatencyLayout(in: context.area, rows: source.rowCount)
        percentiles.arrange(source, height: layout.table.body.withoutFirstRow.height)
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        if zoom.perform(action, charts: 1, columns: context.area.width, now: moment(context)) { return .done }
        guard action == .open, let worker = selected(context)?.worker else { return .ignored }
        return .open(WorkerPage(worker.id))
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        if action == .zoom { return zoom.isOn ? ChartWords.zoomOut : ChartWords.zoom }
        if zoom.isOn { return action == .down ? nil : ChartWords.label(of: action) }
        return action == .open && selected(context)?.worker != nil ? PageWords.name(.worker) : nil
    }

    /// The newest that the heat map has.
    private func moment(_ context: PageContext) -> UnixTime { FleetCharts.latencyTime(context.world.now) }

    /// The histogram is of the selected row.
    private func selected(_ context: PageContext) -> PercentileTable.Row? {
        let source = rows(context)
        return percentiles.selectedRow(source).map { source.rows[$0] }
    }
}

// MARK: - Drawing

extension LatencyPage {
    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        guard !zoom.isOn else { return drawZoomed(into: &buffer, in: area, context) }
        let (source, glyphs) = (rows(context), context.glyphs)
        let layout = LatencyLayout(in: area, rows: source.rowCount)
        let notes = [
            LatencyWords.limit(Figures.latency(HealthLimits.p95)), ChartWords.column(Figures.span(zoom.step)),
        ]
        buffer.draw(Rule(context.crumbs, notes: notes), in: area.line(0), glyphs: glyphs)
        if let bars = layout.bars { drawBars(into: &buffer, in: bars, context) }
        if let heat = layout.heat {
            buffer.put(
                LatencyWords.overTime, x: heat.x, y: heat.y, style: Style(.header), width: heat.width,
                ellipsis: glyphs.ellipsis)
            let view = LatencyHeatView(charts: context.world.charts, now: moment(context), step: zoom.step)
            buffer.draw(view, in: heat.withoutFirstRow, glyphs: glyphs)
        }
        let rule = Rule(LatencyWords.percentiles, notes: percentiles.notes(source, glyphs))
        buffer.draw(rule, in: layout.table.rule, glyphs: glyphs)
        let view = TableView(source: source, state: percentiles, isWide: context.isWide, hasFocus: context.hasFocus)
        buffer.draw(view, in: layout.table.body, glyphs: glyphs)
    }

    private func drawBars(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        guard let row = selected(context) else { return }
        buffer.put(
            LatencyWords.window(row.name), x: area.x, y: area.y, style: Style(.header), width: area.width,
            ellipsis: context.glyphs.ellipsis)
        let body = area.withoutFirstRow
        guard row.isKnown else {
            buffer.put(LatencyWords.untold, x: body.x, y: body.y, style: Style(.dim), width: body.width)
            return
        }
        buffer.draw(LatencyBarsView(histogram: row.histogram), in: body, glyphs: context.glyphs)
    }

    private func drawZoomed(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let (world, glyphs) = (context.world, context.glyphs)
        let rule = Rule(
            "\(context.crumbs) \(SafeText(String(glyphs.crumb))) \(LatencyWords.overTime)",
            notes: [ChartWords.column(Figures.span(zoom.step))])
        buffer.draw(rule, in: area.line(0), glyphs: glyphs)
        let lines = min(LatencyCursorLine.height, max(0, area.height - 1))
        let body = Rect(x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - 1 - lines))
        let view = LatencyHeatView(
            charts: world.charts, now: moment(context), step: zoom.step, cursorAge: zoom.age(at: moment(context)))
        buffer.draw(view, in: body, glyphs: glyphs)
        let foot = Rect(x: area.x + 1, y: body.y + body.height, width: max(0, area.width - 2), height: lines)
        buffer.draw(LatencyCursorLine(charts: world.charts, zoom: zoom, now: moment(context)), in: foot, glyphs: glyphs)
    }
}

/// What stands under the cursor of the heat map: the time, the percentiles of that moment, and what happened then.
struct LatencyCursorLine: Widget {
    let charts: FleetCharts
    let zoom: ChartZoom
    let now: UnixTime

    static let height = 2

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let age = zoom.age(at: now)
        let time = now.advanced(by: .zero - zoom.step * age)
        let x = buffer.put(SafeText(time.clockText), x: area.x, y: area.y, style: Style(.accent, bold: true)) + 2
        buffer.put(figures(age), x: x, y: area.y, width: area.x + area.width - x, ellipsis: glyphs.ellipsis)
        guard area.height > 1 else { return }
        let marks = charts.marks.byAge(step: zoom.step, until: now)[age] ?? []
        buffer.put(
            .list(marks.map(ChartWords.mark)), x: area.x, y: area.y + 1, style: Style(.warning), width: area.width,
            ellipsis: glyphs.ellipsis)
    }

    private func figures(_ age: Int) -> SafeText {
        guard let column = charts.latencies.series(step: zoom.step, count: age + 1, until: now).first ?? nil else {
            return ChartWords.noPoint
        }
        guard column.count > 0 else { return LatencyWords.nothing }
        return LatencyWords.at(
            Figures.grouped(Int(clamping: column.count)), bound(column, 0.5), bound(column, 0.95), bound(column, 0.99))
    }

    /// A band's bound is what is known of times that are over.
    private func bound(_ column: LatencyColumn, _ quantile: Double) -> SafeText {
        column.bound(of: quantile).map { "<\(Figures.latency($0))" }
            ?? ">\(Figures.latency(LatencyBands.lowerBound(of: LatencyBands.count - 1)))"
    }
}

/// Where histogram, heat map and table of the page of latencies stand.
struct LatencyLayout {
    let bars: Rect?
    let heat: Rect?
    let table: FleetLayout.Section

    private static let widthForBoth = 96
    private static let leastChart = 7
    private static let tallestChart = 28
    /// The rule and the titles of the table.
    private static let titles = 2
    private static let leastRows = 5

    init(in area: Rect, rows: Int) {
        let below = max(0, area.height - 1)
        let wanted = min(rows + Self.titles, max(Self.titles + Self.leastRows, below / 2))
        let room = min(max(0, below - wanted), Self.tallestChart * (area.width < Self.widthForBoth ? 2 : 1))
        let height = room >= Self.leastChart ? room : 0
        let charts = Rect(x: area.x + 1, y: area.y + 1, width: max(0, area.width - 2), height: height)
        (bars, heat) = Self.places(in: charts)
        let top = min(area.height, 1 + height)
        table = FleetLayout.Section(
            Rect(x: area.x, y: area.y + top, width: area.width, height: max(0, area.height - top)))
    }

    private static func places(in area: Rect) -> (Rect?, Rect?) {
        guard area.height >= leastChart else { return (nil, nil) }
        if area.width >= widthForBoth - 2 {
            let left = area.width * 2 / 5
            return (
                Rect(x: area.x, y: area.y, width: left, height: area.height),
                Rect(x: area.x + left + 2, y: area.y, width: area.width - left - 2, height: area.height)
            )
        }
        guard area.height >= 2 * leastChart else { return (area, nil) }
        let upper = area.height / 2
        return (
            Rect(x: area.x, y: area.y, width: area.width, height: upper),
            Rect(x: area.x, y: area.y + upper, width: area.width, height: area.height - upper)
        )
    }
}
