import AdminAPI
import FleetModel
import Terminal

/// The throttles that hold in the fleet, and what they stopped, added up over the workers.
struct ThrottlesPage: TablePage {
    var state = TableState()
    private var rows: [ThrottleRow] = []
    /// The times of what the rows were made from.
    private var madeFrom: [UnixTime?] = []

    let kind = PageKind.throttles
    var title: SafeText { PageWords.name(.throttles) }

    init() {}

    static let query = FleetQuery.throttles
    private static let interval: Duration = .seconds(5)

    func wishes(_ context: PageContext) -> [Wish] {
        [Wish(query: Self.query, audience: .everyone, every: Self.interval)]
    }

    func source(_ context: PageContext) -> (any TableSource)? { ListTable(rows) }

    /// Adds the throttles up once a second and with each answer, not with each key.
    mutating func refresh(_ context: PageContext) {
        let answer = context.world.answers[Self.query]
        let source = [answer?.at, context.world.now]
        if source != madeFrom {
            rows = ThrottleRow.rows(of: answer, at: context.world.fleet.workersTime ?? context.world.now)
            madeFrom = source
        }
        arrange(context)
    }

    func selection(_ context: PageContext) -> PageSelection {
        selected(context).map { .throttle($0.rule.pattern) } ?? .none
    }

    /// The throttle that keys act on; nil where there is none.
    func selected(_ context: PageContext) -> ThrottleRow? {
        state.selectedRow(ListTable(rows)).flatMap { rows.indices.contains($0) ? rows[$0] : nil }
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        action == .back && takeBack() ? .done : .ignored
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        guard action == .clearThrottle, selected(context) != nil, context.live.operations.may(.operator) else {
            return nil
        }
        return ThrottleWords.clear
    }

    func notes(_ context: PageContext) -> [SafeText] {
        let hits = rows.reduce(UInt64(0)) { $0 &+ $1.hitsPublished &+ $1.hitsDelivered }
        return [ThrottleWords.hits(Figures.grouped(Int(clamping: hits)))]
    }

    func remarks(_ context: PageContext) -> [PageLine] { AnswerStand(Self.query, context).remarks }

    func emptiness(_ context: PageContext) -> [PageLine] {
        let stand = AnswerStand(Self.query, context)
        return stand.emptiness.isEmpty ? [PageLine(ThrottleWords.none, Style(.dim))] : stand.emptiness
    }
}
