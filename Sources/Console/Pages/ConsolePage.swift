import FleetModel
import Terminal

/// One page of the console: what lies between the header and the line of keys. A value that holds where the operator is
/// on it; what it shows comes from the world.
protocol ConsolePage: Sendable {
    var kind: PageKind { get }
    /// Its crumb: what it is about, such as "connections gw1-w2".
    var title: SafeText { get }
    /// What it wants to know beyond samples, while it is looked at.
    func wishes(_ context: PageContext) -> [Wish]
    /// What the keys of acts are for.
    func selection(_ context: PageContext) -> PageSelection
    /// Keeps its place in step with the world and the size of the screen; called before each look at it.
    mutating func refresh(_ context: PageContext)
    /// What was typed behind its name after `:`.
    mutating func take(_ arguments: [String]) -> PageAnswer
    /// What an action does here.
    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer
    /// The words for an action in the line of keys; nil where it does not apply or goes without saying.
    func label(of action: Action, _ context: PageContext) -> SafeText?
    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext)

    /// The table that filter, sort, columns and export are for; nil where there is none.
    var table: TableState? { get set }
    /// What that table is of.
    func source(_ context: PageContext) -> (any TableSource)?
    /// Text that is copied where no row is: see `selectionText`.
    func selectionText(_ context: PageContext) -> SafeText?
    /// Where on the screen that table is drawn, its line of titles first: a click on it sorts, selects and opens.
    func tableArea(_ context: PageContext) -> Rect
    /// A click on a cell of the page's area; what is ignored is taken for one on the table.
    mutating func click(x: Int, y: Int, _ context: PageContext) -> PageAnswer
    /// So many rows down, or up, over a cell of the page's area; what is ignored scrolls the table, or moves.
    mutating func turnWheel(_ rows: Int, x: Int, y: Int, _ context: PageContext) -> PageAnswer
}

extension ConsolePage {
    func wishes(_ context: PageContext) -> [Wish] { [] }
    func selection(_ context: PageContext) -> PageSelection { .none }
    mutating func refresh(_ context: PageContext) {}

    /// A filter for its table.
    mutating func take(_ arguments: [String]) -> PageAnswer {
        if let filter = arguments.first { table?.filter = RowFilter(filter) }
        return .done
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? { nil }

    var table: TableState? {
        get { nil }
        set {}
    }
    func source(_ context: PageContext) -> (any TableSource)? { nil }

    /// The selected row as its cells read.
    func selectionText(_ context: PageContext) -> SafeText? {
        guard let source = source(context), let table else { return nil }
        return table.selectedText(source)
    }

    /// Below the page's rule.
    func tableArea(_ context: PageContext) -> Rect { context.area.withoutFirstRow }
    mutating func click(x: Int, y: Int, _ context: PageContext) -> PageAnswer { .ignored }
    mutating func turnWheel(_ rows: Int, x: Int, y: Int, _ context: PageContext) -> PageAnswer { .ignored }
}

/// What came of an action on a page.
enum PageAnswer {
    case done
    /// Not the page's affair.
    case ignored
    case hint(SafeText)
    /// A page on top of this one.
    case open(any ConsolePage)
    /// Asks about an act.
    case ask(any ActSubject)
    case effects([ConsoleEffect])
}

/// What a page is shown and acts with.
struct PageContext: Sendable {
    let world: World
    /// What goes on at this moment; `world` may be of an earlier one.
    let live: World
    let acts: ActBook
    /// Where the page is on the screen.
    let area: Rect
    let glyphs: Glyphs
    let keymap: Keymap
    let preferences: Preferences
    /// How other programs get to the fleet.
    let places: [SafeText]
    let fleetName: SafeText
    /// The worker that was chosen on the fleet's page; nil where none was.
    var chosenWorker: WorkerID?
    /// `world` is not the live one: nothing can be done in it.
    let isPast: Bool
    /// Whose workers are looked at together, and named with theirs; empty for one fleet.
    var contexts: [String] = []
    /// The page is one of two on the screen, and the other has the keys.
    var hasFocus = true
    /// The way here, for the page's rule.
    var crumbs: SafeText
    /// The page that this one was opened from.
    var from = PageKind.fleet

    var snapshot: Snapshot { world.snapshot }
    var isWide: Bool { preferences.isWide }
    var hasSeveralContexts: Bool { contexts.count > 1 }

    /// Of which no worker is known: nothing was found there, or it cannot be looked up.
    var emptyContexts: [String] {
        guard hasSeveralContexts else { return [] }
        let heard = Set(snapshot.rows.lazy.compactMap(\.id.context))
        return contexts.filter { !heard.contains($0) }
    }
    /// The situation that acts are planned from.
    var situation: ActSituation {
        ActSituation(fleet: live.fleet, operations: live.operations, answers: live.answers, now: live.now)
    }
}
