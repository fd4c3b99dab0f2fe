import AdminAPI
import FleetModel
import Terminal

/// Every circuit breaker of every worker: how it stands, since when, why, who holds it, and how it stood before.
struct BreakersPage: TablePage {
    var state = TableState()
    private var rows: [BreakerRow] = []
    private var madeFrom: Source?

    /// What the rows were made from: they are made anew when that changes, and not with each key.
    private struct Source: Equatable {
        let time: UnixTime
        let answeredAt: UnixTime?
    }

    let kind = PageKind.breakers
    var title: SafeText { PageWords.name(.breakers) }

    init() {}

    static let query = FleetQuery.breakers
    /// Samples tell how they stand each second; this is for how they came to.
    static let interval: Duration = .seconds(5)

    func wishes(_ context: PageContext) -> [Wish] {
        [Wish(query: Self.query, audience: .everyone, every: Self.interval)]
    }

    func source(_ context: PageContext) -> (any TableSource)? { ListTable(rows) }

    mutating func refresh(_ context: PageContext) {
        let source = Source(time: context.snapshot.time, answeredAt: context.world.answers[Self.query]?.at)
        if source != madeFrom {
            rows = Self.rows(context)
            madeFrom = source
        }
        arrange(context)
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .back: return takeBack() ? .done : .ignored
        case .open: return selected(context).map { .open(BreakerPage($0.worker, $0.report.name)) } ?? .done
        default: return .ignored
        }
    }

    func selection(_ context: PageContext) -> PageSelection {
        selected(context).map { .breaker($0.report.name, of: $0.worker) } ?? .none
    }

    func selected(_ context: PageContext) -> BreakerRow? {
        state.selectedRow(ListTable(rows)).flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    func notes(_ context: PageContext) -> [SafeText] {
        let live = rows.lazy.filter { $0.silence == nil }
        let held = live.count { $0.override != nil }
        let closed = BreakerWords.closed(live.count { $0.report.state == .closed }, of: live.count)
        return (held > 0 ? [BreakerWords.heldCount(held)] : []) + [closed]
    }

    /// What samples tell is shown without it: only that the past is missing is said.
    func remarks(_ context: PageContext) -> [PageLine] {
        rows.isEmpty ? [] : AnswerStand(Self.query, context).remarks
    }

    func emptiness(_ context: PageContext) -> [PageLine] {
        let stand = AnswerStand(Self.query, context)
        return stand.emptiness.isEmpty ? [PageLine(BreakerWords.none, Style(.dim))] : stand.emptiness
    }
}

extension BreakersPage {
    static func rows(_ context: PageContext) -> [BreakerRow] {
        let pasts = pasts(context.world.answers[query])
        return context.snapshot.rows.flatMap { row in Self.rows(of: row, at: context.snapshot.time, pasts) }
    }

    private static func rows(
        of row: WorkerRow, at now: UnixTime, _ pasts: [WorkerID: [BreakerName: [BreakerTransition]]]
    ) -> [BreakerRow] {
        guard let sample = row.sample else { return [] }
        let silence = row.isLive ? nil : row.figures.heardAt.map { $0.duration(to: now) } ?? .zero
        return sample.breakers.map { report in
            BreakerRow(
                worker: row.id, name: row.name, report: report, toldAt: sample.time, silence: silence,
                past: BreakerPast(transitions: pasts[row.id]?[report.name], startedAt: sample.startedAt))
        }
    }

    private static func pasts(_ answer: FleetAnswer?) -> [WorkerID: [BreakerName: [BreakerTransition]]] {
        (answer?.replies ?? []).reduce(into: [:]) { pasts, part in
            guard case .breakers(let report) = part.reply else { return }
            for item in report.items { pasts[part.worker, default: [:]][item.breaker.name] = item.history }
        }
    }
}
