import FleetModel
import Terminal

/// What happened since the console started, over the whole page.
struct EventsPage: ConsolePage {
    private var scroll = 0

    let kind = PageKind.events
    var title: SafeText { PageWords.name(.events) }

    init() {}

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let lines = context.world.log.lines.count
        return Scrolling.move(&scroll, action, lines: lines, height: context.area.height - 1) ? .done : .ignored
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let view = EventsView(log: context.world.log, scroll: scroll, title: context.crumbs)
        buffer.draw(view, in: area, glyphs: context.glyphs)
    }
}
