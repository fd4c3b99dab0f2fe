import FleetModel
import Terminal

/// The mouse, once it is switched on: it moves, sorts, selects and opens; it never acts on the fleet.
extension ConsoleModel {
    /// Rows that one notch of the wheel is worth, as most terminals have it.
    private static let wheelStep = 3

    mutating func hear(_ mouse: MouseEvent) -> [ConsoleEffect] {
        // What lies over a page is for the keyboard: a click through it would hit what cannot be seen.
        guard overlay == nil, !isTerse, layout.page.contains(x: mouse.column, y: mouse.row) else { return [] }
        hint = nil
        giveKeys(toHalfAt: mouse.row)
        switch mouse.action {
        case .left: return click(x: mouse.column, y: mouse.row)
        case .wheelUp: return turnWheel(-Self.wheelStep, at: mouse)
        case .wheelDown: return turnWheel(Self.wheelStep, at: mouse)
        case .middle, .right: return []
        }
    }

    /// Whoever points at one half of a split screen means that one.
    private mutating func giveKeys(toHalfAt row: Int) {
        let isLower = row >= layout.halves.lower.y
        second?.hasKeys = isLower
    }

    private mutating func click(x: Int, y: Int) -> [ConsoleEffect] {
        var page = page
        let answer = page.click(x: x, y: y, context)
        self.page = page
        return take(answer) ?? clickOnTable(x: x, y: y)
    }

    private mutating func clickOnTable(x: Int, y: Int) -> [ConsoleEffect] {
        let context = context
        guard let source = page.source(context), var table = page.table else { return [] }
        switch table.hit(x: x, y: y, source, isWide: preferences.isWide, in: page.tableArea(context)) {
        case nil: return []
        case .title(let column):
            table.sort(by: column)
            table.arrange(source, height: table.height)
            table.keepVisible(source)
            page.table = table
            return keepTable()
        case .row(let position):
            // The second click, on what the first has selected, opens it.
            let id = source.id(table.order(in: source)[position])
            if id == table.chosen { return perform(.open) }
            table.select(position, source)
            page.table = table
            return []
        }
    }

    private mutating func turnWheel(_ step: Int, at mouse: MouseEvent) -> [ConsoleEffect] {
        var page = page
        let answer = page.turnWheel(step, x: mouse.column, y: mouse.row, context)
        self.page = page
        if let effects = take(answer) { return effects }
        if page.source(context) != nil, var table = page.table {
            table.scroll(by: step)
            self.page.table = table
            return []
        }
        return (0..<abs(step)).flatMap { _ in perform(step < 0 ? .up : .down) }
    }
}
