import AdminAPI
import FleetModel
import Terminal

/// Decides what to ask a fleet while nobody looks, so that what is recorded answers every page of a replay.
package struct Recorder: Sendable {
    private var world: World
    private let pages: [any ConsolePage]

    /// What pages ask more often is for eyes; a recording of it this often is enough.
    static let leastInterval: Duration = .seconds(10)
    /// What pages ask once is asked so often: in a replay they are opened at any time.
    static let standingInterval: Duration = .seconds(30)
    /// Pages that ask for as many rows as they have ask for this screen's.
    private static let size = Size(columns: 200, rows: 60)

    package init(at now: UnixTime) {
        world = World(at: now)
        pages = PageKind.allCases.filter { $0 != .worker }.map { $0.page(Preferences()) }
    }

    package var workers: Int { world.fleet.workers.count }

    package mutating func observe(_ events: [FleetEvent]) { world.observe(events) }

    package mutating func hear(_ answers: [FleetAnswer]) { answers.forEach { world.hear($0) } }

    /// - Returns: whom to ask what.
    package mutating func tick(_ time: UnixTime) -> [ConsoleEffect] {
        world.tick(time)
        let operations = world.operationsInformant(isWatched: false).map {
            ConsoleEffect.ask(ControlQuestion(details: nil), $0)
        }
        let context = context
        let wishes = pages.flatMap { $0.wishes(context) }
        return (operations.map { [$0] } ?? []) + wishes.compactMap { fetch($0) }
    }

    private mutating func fetch(_ wish: Wish) -> ConsoleEffect? {
        let workers = world.workers(for: wish)
        let interval = wish.every.map { max($0, Self.leastInterval) } ?? Self.standingInterval
        guard !workers.isEmpty, world.answers.ask(wish.query, every: interval, at: world.now) else { return nil }
        return .fetch(wish.query, of: workers)
    }

    private var context: PageContext {
        let area = Rect(x: 0, y: 0, width: Self.size.columns, height: Self.size.rows)
        return PageContext(
            world: world, live: world, acts: ActBook(), area: area,
            glyphs: .suited(to: TerminalCapabilities(colors: .none, unicode: true)), keymap: .standard,
            preferences: Preferences(), places: [], fleetName: "", isPast: false, hasFocus: false, crumbs: "")
    }
}
