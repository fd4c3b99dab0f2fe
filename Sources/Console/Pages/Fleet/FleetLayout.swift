import FleetModel
import Terminal

/// Where on the fleet's page each part stands; parts that find no room are nil.
struct FleetLayout: Equatable {
    /// A part with the rule above it.
    struct Section: Equatable {
        let rule: Rect
        let body: Rect

        init(_ area: Rect) {
            rule = Rect(x: area.x, y: area.y, width: area.width, height: 1)
            body = Rect(x: area.x, y: area.y + 1, width: area.width, height: max(0, area.height - 1))
        }

        var whole: Rect { Rect(x: rule.x, y: rule.y, width: rule.width, height: body.height + 1) }
    }

    let workers: Section
    let rooms: Section?
    let events: Section?

    /// - Parameters:
    ///   - workers: how many lines the table of workers would like to have, and `rooms` that of the rooms.
    init(in area: Rect, workers: Int, rooms: Int) {
        let areas = area.rows(Self.parts(workers: max(workers, 1), rooms: rooms, height: area.height))
        self.workers = Section(areas[0] ?? area)
        self.rooms = areas[1].flatMap(Self.section)
        events = areas[2].flatMap(Self.section)
    }

    private static func section(_ area: Rect) -> Section? { area.height > 1 ? Section(area) : nil }

    /// The table's rows below its own line of titles.
    var workerRows: Rect { workers.body.withoutFirstRow }
    var roomRows: Rect? { rooms?.body.withoutFirstRow }

    /// A rule and a line of titles.
    private static let tableHead = 2
    /// Events keep this part of the page, however many rooms there are.
    private static let eventsPart = 4

    /// Workers matter most; rooms grow before events, which take what is left.
    private static func parts(workers: Int, rooms: Int, height: Int) -> [LayoutPart] {
        let free = height - tableHead - workers - tableHead - height / eventsPart
        let rooms = min(rooms, max(3, free))
        return [
            LayoutPart(minimum: tableHead + min(workers, 3), maximum: tableHead + workers, priority: 5),
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
