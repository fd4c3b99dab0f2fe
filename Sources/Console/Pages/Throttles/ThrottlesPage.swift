import AdminAPI
import FleetModel
import Terminal

/// The throttles that hold in the fleet, and what they stopped, added up over the workers.
struct ThrottlesPage: TablePage {
    var state = TableState()

    let kind = PageKind.throttles
    var title: SafeText { PageWords.name(.throttles) }

    static let query = FleetQuery.throttles
    private static let interval: Duration = .seconds(5)

    func wishes(_ context: PageContext) -> [Wish] {
        [Wish(query: Self.query, audience: .everyone, every: Self.interval)]
    }

    func rows(_ context: PageContext) -> [ThrottleRow] {
        ThrottleRow.rows(
            of: context.world.answers[Self.query], at: context.world.fleet.workersTime ?? context.world.now)
    }

    func source(_ context: PageContext) -> (any TableSource)? { ListTable(rows(context)) }

    /// The throttle that keys act on; nil where there is none.
    func selected(_ context: PageContext) -> ThrottleRow? {
        let rows = rows(context)
        return state.selectedRow(ListTable(rows)).flatMap { rows.indices.contains($0) ? rows[$0] : nil }
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
        let hits = rows(context).reduce(UInt64(0)) { $0 &+ $1.hitsPublished &+ $1.hitsDelivered }
        return [ThrottleWords.hits(Figures.grouped(Int(clamping: hits)))]
    }

    func remarks(_ context: PageContext) -> [PageLine] { AnswerStand(Self.query, context).remarks }

    func emptiness(_ context: PageContext) -> [PageLine] {
        let stand = AnswerStand(Self.query, context)
        return stand.emptiness.isEmpty ? [PageLine(ThrottleWords.none, Style(.dim))] : stand.emptiness
    }
}
