import FleetModel
import Terminal

/// Every key that is in force, and what the marks on the screen mean.
struct HelpPage: ConsolePage {
    private var scroll = 0

    let kind = PageKind.help
    var title: SafeText { PageWords.name(.help) }

    init() {}

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let lines = view(context).lineCount(width: context.area.width)
        return Scrolling.move(&scroll, action, lines: lines, height: context.area.height - 1) ? .done : .ignored
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        buffer.draw(view(context), in: area, glyphs: context.glyphs)
    }

    private func view(_ context: PageContext) -> HelpView {
        HelpView(
            title: context.crumbs, keymap: context.keymap, from: context.from, places: context.places, scroll: scroll)
    }
}
