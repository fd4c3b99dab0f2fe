import FleetModel
import Terminal

/// What the command line could become, just above it.
struct CompletionView: Widget {
    let line: CommandLine

    private static let spacing = 2

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard !line.candidates.isEmpty, area.height > 0 else { return }
        let rows = lines(width: area.width - 2)
        let shown = rows.suffix(area.height)
        let top = area.y + area.height - shown.count
        for (index, row) in shown.enumerated() {
            let place = Rect(x: area.x, y: top + index, width: area.width, height: 1)
            buffer.fill(place, with: Cell(" ", .normal))
            var x = area.x + 1
            for candidate in row {
                let style = candidate == line.text ? Style(.accent, bold: true) : Style(.dim)
                x = buffer.put(SafeText(candidate), x: x, y: place.y, style: style) + Self.spacing
            }
        }
    }

    private func lines(width: Int) -> [[String]] {
        var (lines, used): ([[String]], Int) = ([[]], 0)
        for candidate in line.candidates {
            let length = SafeText(candidate).columnWidth + Self.spacing
            if used + length > width, used > 0 {
                lines.append([])
                used = 0
            }
            lines[lines.count - 1].append(candidate)
            used += length
        }
        return lines
    }
}
