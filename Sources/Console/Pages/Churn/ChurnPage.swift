import FleetModel
import Terminal

/// How clients come and go: connects, closes, reconnects over time, and the closes by code.
struct ChurnPage: ConsolePage {
    private var codes = TableState()
    private var zoom = ChartZoom(steps: [.seconds(1), .seconds(5), .seconds(10), .seconds(60), .seconds(300)])

    let kind = PageKind.churn
    var title: SafeText { PageWords.name(.churn) }

    /// While a chart has the page there is no table to sort or filter.
    var table: TableState? {
        get { zoom.isOn ? nil : codes }
        set { codes = newValue ?? codes }
    }

    func source(_ context: PageContext) -> (any TableSource)? { zoom.isOn ? nil : CloseTable(context.world) }

    mutating func refresh(_ context: PageContext) {
        codes.arrange(CloseTable(context.world), height: layout(context.area).table.body.withoutFirstRow.height)
    }

    func layout(_ area: Rect) -> ChurnLayout { ChurnLayout(in: area, codes: codes.order.count) }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let isHandled = zoom.perform(
            action, charts: ChurnLayout.charts.count, columns: context.area.width, now: context.world.now)
        if isHandled { return .done }
        guard action == .open, let row = codes.selectedID(CloseTable(context.world)), let code = UInt16(row) else {
            return .ignored
        }
        return .open(CloseCodePage(code))
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        if action == .zoom { return zoom.isOn ? ChartWords.zoomOut : ChartWords.zoom }
        guard zoom.isOn else { return action == .open && !codes.order.isEmpty ? ChurnWords.workers : nil }
        return ChartWords.label(of: action)
    }
}

// MARK: - Drawing

extension ChurnPage {
    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        guard !zoom.isOn else { return drawZoomed(into: &buffer, in: area, context) }
        let (layout, glyphs, world) = (layout(area), context.glyphs, context.world)
        buffer.draw(Rule(context.crumbs, notes: notes(context)), in: area.line(0), glyphs: glyphs)
        for (chart, place) in layout.charts {
            let view = ChartView(chart: chart, charts: world.charts, now: world.now, step: zoom.step)
            buffer.draw(view, in: place, glyphs: glyphs)
        }
        let source = CloseTable(world)
        buffer.draw(
            Rule(ChurnWords.closes, notes: codes.notes(source, glyphs)), in: layout.table.rule, glyphs: glyphs)
        guard source.rowCount > 0 else {
            let line = layout.table.body.line(0)
            guard layout.table.body.height > 0 else { return }
            buffer.put(
                ChurnWords.noCloses, x: line.x + TableLayout.margin, y: line.y, style: Style(.dim),
                width: line.width - TableLayout.margin, ellipsis: glyphs.ellipsis)
            return
        }
        let view = TableView(source: source, state: codes, isWide: context.isWide, hasFocus: context.hasFocus)
        buffer.draw(view, in: layout.table.body, glyphs: glyphs)
    }

    private func notes(_ context: PageContext) -> [SafeText] {
        let totals = context.snapshot.totals
        let unplanned = max(0, totals.churnPerMinute - totals.plannedChurnPerMinute)
        return [
            ChurnWords.minute(
                Figures.tenths(percent: unplanned), planned: Figures.tenths(percent: totals.plannedChurnPerMinute)),
            ChartWords.column(Figures.span(zoom.step)),
        ]
    }

    private func drawZoomed(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let world = context.world
        let chart = ChurnLayout.charts[zoom.chart % ChurnLayout.charts.count]
        let rule = Rule(
            "\(context.crumbs) \(SafeText(String(context.glyphs.crumb))) \(chart.name)",
            notes: [ChartWords.column(Figures.span(zoom.step))])
        buffer.draw(rule, in: area.line(0), glyphs: context.glyphs)
        let lines = min(ChartCursorLine.height, max(0, area.height - 1))
        let body = Rect(x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - 1 - lines))
        let view = ChartView(
            chart: chart, charts: world.charts, now: world.now, step: zoom.step, cursorAge: zoom.age(at: world.now))
        buffer.draw(view, in: body, glyphs: context.glyphs)
        let foot = Rect(
            x: area.x + 1, y: body.y + body.height, width: max(0, area.width - 2), height: lines)
        buffer.draw(
            ChartCursorLine(charts: world.charts, zoom: zoom, now: world.now), in: foot, glyphs: context.glyphs)
    }
}

/// Where the charts and the table of the page of churn stand.
struct ChurnLayout {
    let charts: [(FleetChart, Rect)]
    let table: FleetLayout.Section

    /// What matters most stays longest.
    static let charts: [FleetChart] = [.unplanned, .connects, .reconnects, .planned, .connections, .messagesOut]
    private static let widthForTwo = 100
    private static let widthForThree = 180
    private static let leastChart = 5
    private static let tallestChart = 22
    private static let titles = 2

    init(in area: Rect, codes: Int) {
        let below = max(0, area.height - 1)
        let table = min(max(codes, 1) + Self.titles, max(Self.titles + 3, below / 3))
        let room = max(0, below - table)
        let across = area.width >= Self.widthForThree ? 3 : area.width >= Self.widthForTwo ? 2 : 1
        let lines = min(room / Self.leastChart, (Self.charts.count + across - 1) / across)
        let height = lines > 0 ? min(Self.tallestChart, room / lines) : 0
        charts = Self.places(in: area, across: across, lines: lines, height: height)
        let top = min(area.height, 1 + lines * height)
        self.table = FleetLayout.Section(
            Rect(x: area.x, y: area.y + top, width: area.width, height: max(0, area.height - top)))
    }

    private static func places(in area: Rect, across: Int, lines: Int, height: Int) -> [(FleetChart, Rect)] {
        let width = (area.width - 2 - (across - 1) * 2) / across
        guard width > 0, height >= ChartView.leastHeight else { return [] }
        return charts.prefix(lines * across).enumerated().map { index, chart in
            (
                chart,
                Rect(
                    x: area.x + 1 + index % across * (width + 2), y: area.y + 1 + index / across * height,
                    width: width, height: height)
            )
        }
    }
}
