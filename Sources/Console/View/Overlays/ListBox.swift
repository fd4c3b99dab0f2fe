import FleetModel
import Terminal

/// A short list in a frame over the page.
struct ListBox: Widget {
    struct Item {
        let key: SafeText
        let words: SafeText
        var isSelected = false
    }

    let title: SafeText
    let items: [Item]

    private static let keyWidth = 5

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let longest = items.map(\.words.columnWidth).max() ?? 0
        let width = min(area.width, max(title.columnWidth, longest + Self.keyWidth) + 6)
        let height = min(area.height, items.count + 2)
        let frame = Rect(
            x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width: width, height: height)
        buffer.draw(Box(title), in: frame, glyphs: glyphs)
        let inside = Box.interior(of: frame)
        for (line, item) in visible(inside.height).enumerated() {
            draw(item, into: &buffer, in: inside.line(line), glyphs)
        }
    }

    /// Around the selected one where not all fit.
    private func visible(_ height: Int) -> ArraySlice<Item> {
        let selected = items.firstIndex(where: \.isSelected) ?? 0
        let first = max(0, min(selected - height / 2, items.count - height))
        return items.dropFirst(first).prefix(height)
    }

    private func draw(_ item: Item, into buffer: inout CellBuffer, in area: Rect, _ glyphs: Glyphs) {
        if item.isSelected { buffer[area.x, area.y] = Cell(glyphs.pointer, Style(.accent, bold: true)) }
        buffer.put(item.key, x: area.x + 2, y: area.y, style: Style(.key), width: Self.keyWidth)
        buffer.put(
            item.words, x: area.x + 2 + Self.keyWidth, y: area.y, width: area.width - Self.keyWidth - 3,
            ellipsis: glyphs.ellipsis)
        if item.isSelected { buffer.restyle(area) { $0.selected = true } }
    }
}
