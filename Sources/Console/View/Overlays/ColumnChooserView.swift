import FleetModel
import Terminal

/// The columns of a table, each with a mark where it is shown.
struct ColumnChooserView: Widget {
    let chooser: ColumnChooser
    let preferences: TableState.Preferences

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let items = chooser.items.enumerated().map { index, item in
            ListBox.Item(
                key: ColumnChooser.isShown(item, preferences) ? "[x]" : "[ ]", words: item.title,
                isSelected: index == chooser.selected)
        }
        buffer.draw(ListBox(title: OverlayWords.columns, items: items), in: area, glyphs: glyphs)
    }
}
