import AdminAPI
import FleetModel
import Terminal

/// Primary, replicas, Sentinels, and which workers use which primary, below each other.
struct RedisTopologyView: Widget {
    let page: RedisPage
    let context: PageContext

    private struct Part {
        let title: SafeText
        let source: any TableSource
        let priority: Int
        /// In the place of rows.
        let emptiness: SafeText
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard area.height > 0 else { return }
        buffer.draw(Rule(context.crumbs, notes: page.notes(context)), in: area.line(0), glyphs: glyphs)
        let lines = page.remarks(context) + primary
        let heads = [LayoutPart(minimum: min(2, lines.count), maximum: lines.count, priority: 10)]
        let places = area.withoutFirstRow.rows(heads + parts.map(Self.layout))
        if let place = places[0] { buffer.draw(PageLines(lines), in: place, glyphs: glyphs) }
        for (part, place) in zip(parts, places.dropFirst()) {
            guard let place, place.height > 1 else { continue }
            draw(part, part.source, into: &buffer, in: place, glyphs)
        }
    }

    /// A rule, a line of titles and the rows.
    private static func layout(_ part: Part) -> LayoutPart {
        let rows = max(1, part.source.rowCount)
        return LayoutPart(minimum: 2 + min(rows, 2), maximum: 2 + rows, priority: part.priority)
    }

    private var parts: [Part] {
        let report = page.knowledge.report?.value
        let replicas = (page.knowledge.replicas?.value ?? []).map { RedisReplicaRow(replica: $0) }
        let sentinels = report?.sentinels ?? []
        let primary = Self.mostNamed(sentinels)
        let rows = sentinels.map { SentinelRow(sentinel: $0, primary: primary) }
        let waiting = report == nil ? AnswerWords.loading : nil
        return [
            Part(
                title: RedisWords.replicas, source: ListTable(replicas), priority: 6,
                emptiness: waiting ?? RedisWords.noReplica),
            Part(
                title: RedisWords.sentinels(report?.master.map { SafeText($0) }), source: ListTable(rows), priority: 8,
                emptiness: waiting ?? RedisWords.noSentinel),
            Part(
                title: RedisWords.users, source: ListTable(PrimaryUseRow.rows(context.snapshot)), priority: 4,
                emptiness: AnswerWords.nobody),
        ]
    }

    private static func mostNamed(_ sentinels: [SentinelReport]) -> String {
        let counts = sentinels.filter { $0.failure == nil }.reduce(into: [String: Int]()) {
            $0[$1.primary, default: 0] += 1
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
    }

    private var primary: [PageLine] {
        guard let primary = page.knowledge.primary?.value else {
            return page.knowledge.report == nil ? AnswerStand(.redis, context).emptiness : []
        }
        let style = page.knowledge.failure == nil ? Style.normal : Style(.stale)
        let drills = page.knowledge.report?.value.drills
        return [
            .fact(RedisWords.primaryFact, RedisWords.primary(primary), Style(style.role, bold: true)),
            .fact(RedisWords.serverFact, RedisWords.server(primary), style),
            .fact(RedisWords.streamFact, RedisWords.offset(Figures.exact(primary.offset)), style),
            drills.map { .fact(RedisWords.drillsFact, RedisWords.drills($0), style) },
        ].compactMap { $0 }
    }

    private func draw(
        _ part: Part, _ source: some TableSource, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs
    ) {
        buffer.draw(Rule(part.title), in: area.line(0), glyphs: glyphs)
        let body = area.withoutFirstRow
        guard source.rowCount > 0 else {
            return buffer.draw(PageLines([PageLine(part.emptiness, Style(.dim))]), in: body, glyphs: glyphs)
        }
        var state = TableState()
        state.arrange(source, height: body.height - 1)
        var view = TableView(source: source, state: state, isWide: context.isWide, hasFocus: false)
        view.hasPointer = false
        buffer.draw(view, in: body, glyphs: glyphs)
    }
}
