import FleetModel
import Terminal

/// The place of a page that this version does not have yet.
struct ReservedPage: ConsolePage {
    let kind: PageKind
    var title: SafeText { PageWords.name(kind) }

    func perform(_ action: Action, _ context: PageContext) -> PageAnswer { .ignored }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(Rule(context.crumbs), in: area.line(0), glyphs: context.glyphs)
        buffer.put(PageWords.reserved, x: TableLayout.margin, y: area.y + 1, style: Style(.dim))
    }
}
