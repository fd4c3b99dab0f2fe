import FleetModel
import Terminal

/// The question before an undrain.
struct UndrainDialogView: Widget {
    let worker: WorkerID
    /// nil when the drain ended while the question stood.
    let drain: DrainStatus?

    private static let width = 72

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let width = min(area.width, Self.width)
        let lines = text.flatMap { $0.wrapped(to: width - 4) }
        let height = min(area.height, lines.count + 4)
        let frame = Rect(
            x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 3, width: width, height: height)
        buffer.draw(Box("Undrain \(worker)", style: Style(.accent)), in: frame, glyphs: glyphs)
        let inside = Box.interior(of: frame)
        for (index, line) in lines.enumerated() {
            buffer.put(line, x: inside.x + 1, y: inside.y + index, width: inside.width - 2, ellipsis: glyphs.ellipsis)
        }
        let foot = inside.y + inside.height - 1
        let x = buffer.put("y", x: inside.x + 1, y: foot, style: Style(.key))
        buffer.put(" undrains it", x: x, y: foot, style: Style(.dim))
        buffer.put("Esc leaves it as it is", endingAt: inside.x + inside.width - 1, y: foot, style: Style(.key))
    }

    private var text: [SafeText] {
        guard let drain else { return ["\(worker) is not being drained any more."] }
        let origin = FleetNarrator.origin(of: drain)
        guard drain.phase != .drained else {
            return ["Drained\(origin).", "It accepts connections again; those that left stay where they are."]
        }
        let left = Figures.grouped(drain.remaining)
        return ["Its drain\(origin) stops; \(left) connections stay.", "It accepts connections again."]
    }
}
