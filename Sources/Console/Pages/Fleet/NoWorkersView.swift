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
            return [(FleetWords.noMatch(filter, of: context.snapshot.rows.count), Style(.dim))]
        }
        return [
            (FleetWords.noWorker, Style(.normal, bold: true)),
            (FleetWords.lookedFor(context.fleetName), .normal),
            context.world.lookupFailure.map { ("\($0)", Style(.warning)) }
                ?? (FleetWords.patience, Style(.dim)),
            ("", .normal),
            (FleetWords.serve, Style(.dim)),
            (FleetWords.demo, Style(.dim)),
        ]
    }
}
