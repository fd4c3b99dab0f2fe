import AdminAPI
import FleetModel
import Terminal

/// Who did what, wanted to, or was denied: the newest first, read on as one scrolls.
struct AuditTablePage: TablePage {
    var state = TableState()
    private(set) var trail = AuditTrail()
    /// Made with the trail, so that a key costs no conversion of thousands of records.
    private var rows: [AuditRow] = []

    let kind = PageKind.audit
    var title: SafeText { PageWords.name(.audit) }

    init() {}

    private static let newest = FleetQuery.audit(AuditQuery())
    private static let interval: Duration = .seconds(5)
    /// The next page is asked for when so few rows are left below the screen.
    private static let ahead = 20

    func wishes(_ context: PageContext) -> [Wish] {
        let newest = Wish(query: Self.newest, audience: .anyone, every: Self.interval)
        guard let older = olderQuery else { return [newest] }
        return [newest, Wish(query: older, audience: .anyone, every: nil)]
    }

    /// What is asked for next; nil while enough is here.
    private var olderQuery: FleetQuery? {
        guard let cursor = trail.nextCursor, !trail.isFull else { return nil }
        let left = state.order.count - state.scroll - state.height
        return left < Self.ahead ? .audit(AuditQuery(before: cursor)) : nil
    }

    func source(_ context: PageContext) -> (any TableSource)? { ListTable(rows) }

    mutating func refresh(_ context: PageContext) {
        hear(context.world.answers)
        arrange(context)
    }

    private mutating func hear(_ answers: AnswerBook) {
        let before = trail.records.count
        let newest = trail.records.first?.sequence
        if let answer = answers[Self.newest], let page = Self.page(in: answer) {
            trail.hear(newest: page, at: answer.at)
        }
        if let cursor = trail.nextCursor, let answer = answers[.audit(AuditQuery(before: cursor))],
            let page = Self.page(in: answer)
        {
            trail.hear(older: page, asked: cursor)
        }
        guard trail.records.count != before || trail.records.first?.sequence != newest else { return }
        let doubtful = Set(trail.findings.compactMap(\.sequence))
        rows = trail.records.map { AuditRow(record: $0, isDoubtful: doubtful.contains($0.sequence)) }
    }

    private static func page(in answer: FleetAnswer) -> AuditPage? {
        guard case .audit(let page)? = answer.replies.first?.reply else { return nil }
        return page
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .back: return takeBack() ? .done : .ignored
        case .open:
            guard let index = state.selectedRow(ListTable(rows)), rows.indices.contains(index) else { return .done }
            let record = rows[index].record
            return .open(AuditRecordPage(record, after: trail.record(before: record), findings: trail.findings))
        default: return .ignored
        }
    }

    func notes(_ context: PageContext) -> [SafeText] {
        let denied = rows.count { $0.event.kind == .denied }
        return [
            trail.head.map { AuditWords.loaded(rows.count, of: max(0, $0.sequence &- $0.first &+ 1)) } ?? "",
            denied > 0 ? AuditWords.denied(denied) : "",
            trail.trail.map { AuditWords.state($0) } ?? "",
            trail.records.isEmpty ? "" : AuditWords.chain(findings: trail.findings.count),
        ]
    }

    func remarks(_ context: PageContext) -> [PageLine] {
        let findings = trail.findings.prefix(2).map { PageLine(AuditWords.finding($0), Style(.critical)) }
        let fault = trail.trail?.fault.map { [PageLine(AuditWords.fault(SafeText($0)), Style(.critical))] } ?? []
        return fault + findings + AnswerStand(Self.newest, context).remarks
    }

    func emptiness(_ context: PageContext) -> [PageLine] {
        let stand = AnswerStand(Self.newest, context)
        return stand.emptiness.isEmpty && stand.answer?.replies.isEmpty == false
            ? [PageLine(AuditWords.none, Style(.dim))] : stand.emptiness
    }
}
