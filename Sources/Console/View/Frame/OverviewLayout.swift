import FleetModel
import Terminal

/// Where on the screen each part of the overview stands; parts that find no room are nil.
struct OverviewLayout: Equatable {
    /// A part with the rule above it and what the rule is followed by.
    struct Section: Equatable {
        let rule: Rect
        let body: Rect

        init(_ area: Rect) {
            rule = Rect(x: area.x, y: area.y, width: area.width, height: 1)
            body = Rect(x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - 1))
        }
    }

    /// How many lines each part would like to have.
    struct Demand: Equatable {
        var workers: Int
        var pinned: Int
        var rooms: Int
    }

    let header: Rect
    let workers: Section
    let pinned: Section?
    let rooms: Section?
    let events: Section?
    let keys: Rect

    init(size: Size, demand: Demand) {
        let width = size.columns
        header = Rect(x: 0, y: 0, width: width, height: Self.headerHeight(rows: size.rows))
        keys = Rect(x: 0, y: size.rows - 1, width: width, height: 1)
        let middle = Rect(
            x: 0, y: header.height, width: width, height: max(0, size.rows - header.height - 1))
        let areas = middle.rows(Self.parts(demand, rows: size.rows))
        workers = Section(areas[0] ?? middle)
        pinned = areas[1].flatMap(Self.section)
        rooms = areas[2].flatMap(Self.section)
        events = areas[3].flatMap(Self.section)
    }

    private static func section(_ area: Rect) -> Section? { area.height > 1 ? Section(area) : nil }

    /// The table's rows below its own line of titles.
    var workerRows: Rect { workers.body.withoutFirstRow }
    var roomRows: Rect? { rooms?.body.withoutFirstRow }

    /// On the smallest screens a row of the table is worth more than the header's third line.
    private static func headerHeight(rows: Int) -> Int { rows < 16 ? 2 : 3 }
    /// A rule and a line of titles.
    private static let tableHead = 2
    /// Rooms fill at most this part of the screen: events need room too.
    private static let roomsPart = 3
    private static let mostPinned = 6

    /// Workers matter most, then what is pinned; rooms grow before events, which take what is left.
    private static func parts(_ demand: Demand, rows: Int) -> [LayoutPart] {
        let workers = max(demand.workers, 1)
        let pinned = min(demand.pinned, mostPinned, max(1, rows / 6))
        let rooms = min(demand.rooms, max(3, rows / roomsPart - tableHead))
        return [
            LayoutPart(minimum: tableHead + min(workers, 3), maximum: tableHead + workers, priority: 5),
            .fixed(pinned > 0 ? pinned + 1 : 0, priority: 4),
            rooms > 0
                ? LayoutPart(minimum: tableHead + min(rooms, 3), maximum: tableHead + rooms, priority: 3) : .fixed(0),
            .flexible(minimum: 3, priority: 2),
        ]
    }
}

extension Rect {
    var withoutFirstRow: Rect { Rect(x: x, y: y + 1, width: width, height: max(0, height - 1)) }

    func line(_ index: Int) -> Rect { Rect(x: x, y: y + index, width: width, height: 1) }
}
