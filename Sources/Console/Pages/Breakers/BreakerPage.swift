import AdminAPI
import FleetModel
import Terminal

/// One circuit breaker: how it stands, and everything that its worker remembers of how it came to.
struct BreakerPage: TablePage {
    let worker: WorkerID
    let breaker: BreakerName
    var state = TableState()

    let kind = PageKind.breakers
    var title: SafeText { "\(SafeText(worker)) \(SafeText(breaker.rawValue))" }

    func selection(_ context: PageContext) -> PageSelection { .breaker(breaker, of: worker) }

    init(_ worker: WorkerID, _ breaker: BreakerName) {
        self.worker = worker
        self.breaker = breaker
    }

    func wishes(_ context: PageContext) -> [Wish] {
        [Wish(query: BreakersPage.query, audience: .everyone, every: BreakersPage.interval)]
    }

    func source(_ context: PageContext) -> (any TableSource)? { ListTable(transitions(context)) }

    func perform(_ action: Action, _ context: PageContext) -> PageAnswer { .ignored }

    private func row(_ context: PageContext) -> BreakerRow? {
        BreakersPage.rows(context).first { $0.worker == worker && $0.report.name == breaker }
    }

    /// The latest first; each lasted until the next, the last until now.
    private func transitions(_ context: PageContext) -> [BreakerTransitionRow] {
        guard let row = row(context), let past = row.past.transitions else { return [] }
        let ends = past.dropFirst().map(\.time) + [row.toldAt]
        return zip(past, ends).reversed().map { transition, end in
            BreakerTransitionRow(transition: transition, lasted: transition.time.duration(to: end))
        }
    }

    func remarks(_ context: PageContext) -> [PageLine] {
        guard let row = row(context) else { return [PageLine(BreakerWords.gone, Style(.warning))] }
        let report = row.report
        let state = BreakerWords.standing(
            BreakerWords.state(report.state), Figures.span(row.age),
            Figures.grouped(Int(clamping: report.failuresTotal)), Figures.grouped(Int(clamping: report.refusedTotal)))
        let mark = SafeText(String(report.state.glyph(context.glyphs)))
        let reason = report.reason.map { [PageLine(BreakerWords.lastReason(SafeText($0)), Style(.dim))] } ?? []
        return [PageLine("\(mark) \(state)", report.state.style)] + hold(row) + reason
            + AnswerStand(BreakersPage.query, context).remarks
    }

    private func hold(_ row: BreakerRow) -> [PageLine] {
        guard let override = row.override else { return [] }
        let left = Figures.wait(row.toldAt.duration(to: override.until))
        let words = BreakerWords.holdWhole(
            BreakerWords.state(override.state), SafeText(override.by), SafeText(override.until.clockText), left,
            override.reason.map { SafeText($0) })
        return [PageLine(words, Style(.accent))]
    }

    func emptiness(_ context: PageContext) -> [PageLine] {
        let stand = AnswerStand(BreakersPage.query, context)
        return stand.emptiness.isEmpty ? [PageLine(BreakerWords.noTransition, Style(.dim))] : stand.emptiness
    }
}

/// That a breaker went into a state, and how long it stayed.
struct BreakerTransitionRow: ListRow {
    let transition: BreakerTransition
    let lasted: Duration

    var id: String { String(transition.time.microseconds) }
    var words: [String] { [BreakerWords.state(transition.state).text, transition.reason ?? ""] }

    static var columns: [ListColumn<BreakerTransitionRow>] {
        [
            ListColumn(
                "time", BreakerWords.time, .fixed(8, priority: 100), order: .descending, isLeftAligned: true,
                by: { .number(Double($0.transition.time.microseconds)) },
                cell: { row, _ in TableCell(SafeText(row.transition.time.clockText), Style(.dim)) }),
            ListColumn(
                "state", BreakerWords.stateTitle, .fixed(11, priority: 98), order: .descending, isLeftAligned: true,
                by: { .number(Double($0.transition.state.order)) },
                cell: { row, glyphs in
                    let mark = SafeText(String(row.transition.state.glyph(glyphs)))
                    return TableCell("\(mark) \(BreakerWords.state(row.transition.state))", row.transition.state.style)
                }),
            .figures("lasted", BreakerWords.lasted, .fixed(7, priority: 95)) {
                $0.lasted.inSeconds
            } text: {
                Figures.age($0.lasted)
            },
            .words("reason", BreakerWords.reason, LayoutPart(minimum: 10, maximum: 160, priority: 90)) {
                $0.transition.reason.map { SafeText($0) } ?? ""
            },
        ]
    }
}
