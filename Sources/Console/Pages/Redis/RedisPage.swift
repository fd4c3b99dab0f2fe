import AdminAPI
import FleetModel
import Terminal

/// The Redis that the fleet stands on: who is primary and who watches it, and what goes on in it.
struct RedisPage: TablePage {
    private(set) var tab = RedisTab.topology
    private var states: [RedisTab: TableState] = [:]
    private(set) var knowledge = RedisKnowledge()
    /// The look into the keys that was asked for last, and when.
    private var asked: (kind: RedisKeyKind, at: UnixTime)?

    let kind = PageKind.redis
    var title: SafeText { PageWords.name(.redis) }

    init() {}

    private static let interval: Duration = .seconds(5)

    var state: TableState {
        get { states[tab] ?? TableState() }
        set { states[tab] = newValue }
    }

    /// The topology is several tables, none of which is sorted or filtered.
    var table: TableState? {
        get { tab == .topology ? nil : state }
        set { if tab != .topology, let newValue { state = newValue } }
    }

    func wishes(_ context: PageContext) -> [Wish] {
        let report = Wish(query: .redis, audience: .anyone, every: Self.interval)
        return tab.needsDetails
            ? [report, Wish(query: .redisDetails, audience: .anyone, every: Self.interval)] : [report]
    }

    mutating func refresh(_ context: PageContext) {
        knowledge.hear(context.world.answers)
        if tab != .topology { arrange(context) }
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        switch action {
        case .switchFocus: tab = tab.moved(by: 1)
        case .left, .right:
            guard !context.isWide else { return .ignored }
            tab = tab.moved(by: action == .left ? -1 : 1)
        case .bigKeys: return ask(.big, context)
        case .hotKeys: return ask(.hot, context)
        case .back: return tab != .topology && takeBack() ? .done : .ignored
        default: return .ignored
        }
        return .done
    }

    /// Looks through keys once: it costs the primary a bounded SCAN.
    private mutating func ask(_ kind: RedisKeyKind, _ context: PageContext) -> PageAnswer {
        tab = .keys
        guard !context.isPast else { return .hint(HintWords.past) }
        guard !isScanning(context) else { return .hint(RedisWords.scanning) }
        guard let worker = context.live.askable.first else { return .hint(AnswerWords.nobody) }
        asked = (kind, context.live.now)
        return .effects([.fetch(.redisKeys(kind), of: [worker])])
    }

    /// The look has been asked for, and its answer can still come.
    func isScanning(_ context: PageContext) -> Bool {
        guard let asked, keysAnswer(context) == nil else { return false }
        return asked.at.duration(to: context.live.now) < AnswerBook.longestWait
    }

    /// What the look that was asked for last came to.
    func keysAnswer(_ context: PageContext) -> FleetAnswer? {
        guard let asked, let answer = context.world.answers[.redisKeys(asked.kind)], answer.at >= asked.at else {
            return nil
        }
        return answer
    }

    var wasAskedForKeys: Bool { asked != nil }

    func keysReport(_ context: PageContext) -> RedisKeyReport? {
        guard case .redisKeys(let report)? = keysAnswer(context)?.replies.first?.reply else { return nil }
        return report
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        switch action {
        case .switchFocus: RedisWords.name(tab.moved(by: 1))
        case .bigKeys: RedisWords.bigKeys
        case .hotKeys: RedisWords.hotKeys
        default: nil
        }
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        guard tab == .topology else { return drawAsTable(into: &buffer, in: area, context) }
        buffer.draw(RedisTopologyView(page: self, context: context), in: area, glyphs: context.glyphs)
    }

    func notes(_ context: PageContext) -> [SafeText] {
        guard let report = knowledge.report?.value else { return [] }
        return [RedisWords.toldBy(SafeText(report.worker))]
    }
}
