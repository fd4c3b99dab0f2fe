import FleetModel
import Terminal

/// Stands where the table would be while there is no worker to show, and says what to do about it.
struct NoWorkersView: Widget {
    let context: PageContext
    let filter: RowFilter

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        for (index, (words, style)) in lines.enumerated() {
            buffer.put(
                words, x: area.x + TableLayout.margin, y: area.y + index, style: style,
                width: area.width - TableLayout.margin - 1, ellipsis: glyphs.ellipsis)
        }
    }

    /// How many lines there are, so that the layout can make room.
    static let lineCount = 6

    private var lines: [(SafeText, Style)] {
        if !context.snapshot.rows.isEmpty {
            let filter = SafeText(filter.text)
            return [("No worker matches \(filter). Esc shows all \(context.snapshot.rows.count).", Style(.dim))]
        }
        return [
            ("No worker yet.", Style(.normal, bold: true)),
            ("Looked for in: \(context.fleetName)", .normal),
            context.world.lookupFailure.map { ("\($0)", Style(.warning)) }
                ?? ("Workers are shown as soon as they appear; there is nothing to restart.", Style(.dim)),
            ("", .normal),
            ("A gateway of your own:   gadgate serve --workers 4", Style(.dim)),
            ("A whole fleet to try:    gadtop demo", Style(.dim)),
        ]
    }
}
