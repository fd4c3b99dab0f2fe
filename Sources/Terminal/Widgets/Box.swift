import FleetModel

/// A frame with a title in its upper edge; what is inside is blanked, so that it can lie over other things.
package struct Box: Widget, Sendable {
    package var title: SafeText
    package var style: Style
    package var titleStyle: Style

    package init(_ title: SafeText = "", style: Style = Style(.border), titleStyle: Style = Style(.title)) {
        self.title = title
        self.style = style
        self.titleStyle = titleStyle
    }

    /// The rectangle inside the frame.
    package static func interior(of area: Rect) -> Rect {
        Rect(x: area.x + 1, y: area.y + 1, width: max(0, area.width - 2), height: max(0, area.height - 2))
    }

    package func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        guard area.width > 1, area.height > 1 else { return }
        let border = glyphs.border
        let bottom = area.y + area.height - 1
        buffer.fill(area)
        drawEdge(into: &buffer, area, y: area.y, border.topLeft, border.horizontal, border.topRight)
        drawEdge(into: &buffer, area, y: bottom, border.bottomLeft, border.horizontal, border.bottomRight)
        for y in area.y + 1..<bottom {
            buffer[area.x, y] = Cell(border.vertical, style)
            buffer[area.x + area.width - 1, y] = Cell(border.vertical, style)
        }
        drawTitle(into: &buffer, area, glyphs)
    }

    private func drawEdge(
        into buffer: inout CellBuffer, _ area: Rect, y: Int, _ left: Character, _ line: Character, _ right: Character
    ) {
        buffer.fill(Rect(x: area.x + 1, y: y, width: area.width - 2, height: 1), with: Cell(line, style))
        buffer[area.x, y] = Cell(left, style)
        buffer[area.x + area.width - 1, y] = Cell(right, style)
    }

    private func drawTitle(into buffer: inout CellBuffer, _ area: Rect, _ glyphs: Glyphs) {
        guard !title.isEmpty, area.width > 5 else { return }
        let width = min(title.columnWidth, area.width - 4)
        buffer.fill(Rect(x: area.x + 1, y: area.y, width: width + 2, height: 1), with: Cell(" ", style))
        buffer.put(
            title, x: area.x + 2, y: area.y, style: titleStyle, width: width, ellipsis: glyphs.ellipsis)
    }
}
