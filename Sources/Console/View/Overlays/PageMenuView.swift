import FleetModel
import Terminal

/// The pages behind the digits: those past the ninth, or the first nine for the lower half of the screen.
struct PageMenuView: Widget {
    let opensBelow: Bool

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let pages = Command.pages.filter { ($0.digits.count == 1) == opensBelow }
        let items = pages.map { ListBox.Item(key: SafeText($0.digits.suffix(1)), words: PageWords.name($0)) }
        let title = opensBelow ? OverlayWords.pageBelow : OverlayWords.morePages
        buffer.draw(ListBox(title: title, items: items), in: area, glyphs: glyphs)
    }
}
