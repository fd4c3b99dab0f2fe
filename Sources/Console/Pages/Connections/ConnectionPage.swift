import AdminAPI
import FleetModel
import Terminal

/// One connection whole, with all its rooms.
struct ConnectionPage: ConsolePage {
    /// As its worker last told of it.
    private(set) var row: ConnectionRow
    /// Its worker was asked and does not have it any more.
    private(set) var isGone = false
    private var failure: SafeText?
    private var at: UnixTime?
    private var scroll = 0

    let kind = PageKind.connections
    var title: SafeText { SafeText(row.info.connectionID) }

    init(_ row: ConnectionRow) {
        self.row = row
    }

    private static let interval: Duration = .seconds(5)

    private var query: FleetQuery { .connections(ConnectionQuery(connection: row.info.connectionID)) }

    func wishes(_ context: PageContext) -> [Wish] {
        isGone ? [] : [Wish(query: query, audience: .worker(row.worker), every: Self.interval)]
    }

    mutating func refresh(_ context: PageContext) {
        guard let answer = context.world.answers[query], answer.at != at else { return }
        at = answer.at
        failure = answer.failures.first.map { SafeText($0.error.message) }
        guard case .connections(let page)? = answer.replies.first(where: { $0.worker == row.worker })?.reply else {
            return
        }
        let time = WorkerClocks(fleet: context.world.fleet).time(of: row.worker, at: answer.at)
        let found = page.items.first { $0.connectionID == row.info.connectionID }
        isGone = found == nil
        if let found { row = ConnectionRow(worker: row.worker, info: found, toldAt: time) }
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let lines = lines(context.glyphs, width: context.area.width).count
        return Scrolling.move(&scroll, action, lines: lines, height: context.area.height - 1) ? .done : .ignored
    }

    func selection(_ context: PageContext) -> PageSelection {
        .connection(id: row.info.connectionID, on: row.worker)
    }

    func selectionText(_ context: PageContext) -> SafeText? { SafeText(row.info.connectionID) }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(Rule(context.crumbs), in: area.line(0), glyphs: context.glyphs)
        let lines = lines(context.glyphs, width: area.width).dropFirst(scroll).prefix(max(0, area.height - 1))
        for (index, line) in lines.enumerated() {
            let y = area.y + 1 + index
            buffer.put(line.name, x: TableLayout.margin, y: y, style: Style(.dim), width: Self.nameWidth)
            buffer.put(
                line.words, x: TableLayout.margin + Self.nameWidth + 1, y: y, style: line.style,
                width: max(0, area.width - TableLayout.margin - Self.nameWidth - 2), ellipsis: context.glyphs.ellipsis)
        }
    }

    private static let nameWidth = 14
}

// MARK: - Lines

extension ConnectionPage {
    private struct Line {
        let name: SafeText
        let words: SafeText
        var style = Style.normal
    }

    private func lines(_ glyphs: Glyphs, width: Int) -> [Line] { stateLines + factLines + roomLines(width: width) }

    private var stateLines: [Line] {
        if isGone { return [Line(name: "", words: ConnectionWords.gone, style: Style(.warning, bold: true))] }
        return failure.map { [Line(name: "", words: ConnectionWords.stale($0), style: Style(.stale))] } ?? []
    }

    private var factLines: [Line] {
        let info = row.info
        let isStalled = if case .stalled = row.heartbeat { true } else { false }
        return [
            line(.connection, SafeText(info.connectionID)),
            line(.user, info.userID.map { SafeText($0) } ?? Figures.none),
            line(.role, info.role.map { SafeText($0) } ?? Figures.none),
            line(.worker, SafeText(row.worker)),
            line(.address, SafeText(info.remoteAddress)),
            line(.age, ConnectionWords.since(Figures.span(row.age), SafeText(info.connectedAt.clockText))),
            line(.silence, Figures.span(row.silence)),
            Line(
                name: ConnectionWords.title(.heartbeat), words: ConnectionWords.heartbeat(row.heartbeat),
                style: isStalled ? Style(.warning) : .normal),
            line(.queue, Figures.bytes(info.queueBytes)),
            line(.messages, Figures.exact(info.queueMessages)),
            line(.rooms, Figures.exact(info.rooms.count)),
        ]
    }

    private func line(_ column: ConnectionColumn, _ words: SafeText) -> Line {
        Line(name: ConnectionWords.title(column), words: words)
    }

    private func roomLines(width: Int) -> [Line] {
        row.info.rooms.map { SafeText($0) }.joined(separator: " ")
            .wrapped(to: max(1, width - TableLayout.margin - Self.nameWidth - 2)).map { Line(name: "", words: $0) }
    }
}
