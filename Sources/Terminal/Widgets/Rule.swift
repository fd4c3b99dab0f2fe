import FleetModel

/// A line across the screen that names what is below it, with notes at its right end:
/// `─ fleet ─────────── sort p99 ▼ ─ 4 of 4 ─`.
package struct Rule: Widget, Sendable {
    package var title: SafeText
    /// From left to right; the first are left out where there is no room for all.
    package var notes: [SafeText]
    package var style: Style
    package var titleStyle: Style
    package var noteStyle: Style

    package init(
        _ title: SafeText, notes: [SafeText] = [], style: Style = Style(.border), titleStyle: Style = Style(.title),
        noteStyle: Style = Style(.dim)
    ) {
        self.title = title
        self.notes = notes
        self.style = style
        self.titleStyle = titleStyle
        self.noteStyle = noteStyle
    }

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let line = Rect(x: area.x, y: area.y, width: area.width, height: 1)
        buffer.fill(line, with: Cell(glyphs.border.horizontal, style))
        var free = area.width - 2
        if !title.isEmpty, free > 2 {
            let width = min(title.columnWidth, free - 2)
            put(title, titleStyle, into: &buffer, x: area.x + 1, y: area.y, width: width, glyphs)
            free -= width + 2
        }
        drawNotes(into: &buffer, right: area.x + area.width - 1, y: area.y, free: free - 1, glyphs)
    }

    private func drawNotes(into buffer: inout CellBuffer, right: Int, y: Int, free: Int, _ glyphs: Glyphs) {
        var right = right
        var free = free
        for note in notes.reversed() where !note.isEmpty {
            let width = note.columnWidth
            guard width + 2 <= free else { return }
            put(note, noteStyle, into: &buffer, x: right - width - 2, y: y, width: width, glyphs)
            right -= width + 3
            free -= width + 3
        }
    }

    private func put(
        _ text: SafeText, _ textStyle: Style, into buffer: inout CellBuffer, x: Int, y: Int, width: Int,
        _ glyphs: Glyphs
    ) {
        buffer.fill(Rect(x: x, y: y, width: width + 2, height: 1), with: Cell(" ", style))
        buffer.put(text, x: x + 1, y: y, style: textStyle, width: width, ellipsis: glyphs.ellipsis)
    }
}
