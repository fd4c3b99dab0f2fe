import ControlPlane
import FleetModel
import Terminal

/// The question before a drain: first what follows from it, then what may be said, then what must be typed.
struct DrainDialogView: Widget {
    let dialog: DrainDialog
    let user: SafeText

    private static let widest = 92
    private static let fieldX = 11
    /// Names of takers may be many; what they are is said in so many lines.
    private static let linesPerSentence = 2

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let frame = frame(in: area)
        let inside = Box.interior(of: frame)
        buffer.draw(Box("Drain \(dialog.worker)", style: Style(.warning)), in: frame, glyphs: glyphs)
        for (index, line) in lines(width: inside.width - 2).prefix(inside.height).enumerated() {
            buffer.put(
                line.words, x: inside.x + 1, y: inside.y + index, style: line.style, width: inside.width - 2,
                ellipsis: glyphs.ellipsis)
        }
        for field in DrainDialog.Field.allCases { draw(field, into: &buffer, in: inside, glyphs) }
        drawFoot(into: &buffer, in: inside, glyphs)
    }

    func cursor(in area: Rect) -> (x: Int, y: Int)? {
        let inside = Box.interior(of: frame(in: area))
        let end = fieldX(of: dialog.field, in: inside) + dialog[dialog.field].safeText.columnWidth
        return (inside.x + min(end, inside.width - 2), y(of: dialog.field, in: inside))
    }

    private func frame(in area: Rect) -> Rect {
        let width = min(area.width, Self.widest)
        let height = min(area.height, lines(width: width - 4).count + Self.footHeight + 2)
        return Rect(
            x: area.x + (area.width - width) / 2, y: area.y + max(0, area.height - height) * 3 / 4, width: width,
            height: height)
    }

    /// A blank, four fields, and the line of keys.
    private static let footHeight = 6
}

// MARK: - Lines

extension DrainDialogView {
    private func lines(width: Int) -> [(words: SafeText, style: Style)] {
        let consequences = dialog.plan.consequences.flatMap { wrapped($0, Style.normal, width) }
        let objections = dialog.plan.objections.flatMap { objection in
            wrapped(
                (objection.isRefusal ? "Refused: " : "Mind: ") + objection.words,
                Style(objection.isRefusal ? .critical : .warning), width)
        }
        return (dialog.plan.isRefused ? [] : consequences) + objections
    }

    private func wrapped(_ words: SafeText, _ style: Style, _ width: Int) -> [(words: SafeText, style: Style)] {
        let lines = words.wrapped(to: max(1, width))
        guard lines.count > Self.linesPerSentence else { return lines.map { ($0, style) } }
        let kept = lines.prefix(Self.linesPerSentence)
        return kept.dropLast().map { ($0, style) } + kept.suffix(1).map { ($0 + " and so on", style) }
    }
}

// MARK: - Fields

extension DrainDialogView {
    private func y(of field: DrainDialog.Field, in inside: Rect) -> Int {
        let index = DrainDialog.Field.allCases.firstIndex(of: field) ?? 0
        return inside.y + inside.height - Self.footHeight + 1 + index
    }

    private func draw(
        _ field: DrainDialog.Field, into buffer: inout CellBuffer, in inside: Rect, _ glyphs: Glyphs
    ) {
        let y = y(of: field, in: inside)
        let isFocused = field == dialog.field
        let text = dialog[field].safeText
        let offset = fieldX(of: field, in: inside)
        let x = inside.x + offset
        let width = max(0, min(Self.width(of: field), inside.width - offset - 1))
        if isFocused { buffer[inside.x, y] = Cell(glyphs.pointer, Style(.accent, bold: true)) }
        buffer.put(
            label(of: field), x: inside.x + 1, y: y, style: Style(isFocused ? .accent : .dim), width: offset - 2,
            ellipsis: glyphs.ellipsis)
        buffer.fill(
            Rect(x: x, y: y, width: width, height: 1),
            with: Cell(isFocused ? "_" : " ", Style(isFocused ? .input : .normal)))
        if text.isEmpty {
            buffer.put(placeholder(of: field), x: x, y: y, style: Style(.dim), width: width)
        } else {
            buffer.put(text, x: x, y: y, style: Style(.input), width: width)
        }
    }

    /// What is to be typed stands before its field, however long it is.
    private func fieldX(of field: DrainDialog.Field, in inside: Rect) -> Int {
        let label = label(of: field).columnWidth + 3
        return max(Self.fieldX, min(label, inside.width * 2 / 3))
    }

    private static func width(of field: DrainDialog.Field) -> Int {
        switch field {
        case .reason: .max
        case .rate, .deadline, .confirmation: 40
        }
    }

    private func label(of field: DrainDialog.Field) -> SafeText {
        switch field {
        case .reason: "Reason"
        case .rate: "Closes/s"
        case .deadline: "Deadline"
        case .confirmation: "Type \(dialog.expectedConfirmation)"
        }
    }

    private func placeholder(of field: DrainDialog.Field) -> SafeText {
        switch field {
        case .reason: "shown to everyone who looks at the worker"
        case .rate: "evenly until the deadline"
        case .deadline: "\(Figures.wait(dialog.plan.duration))"
        case .confirmation: ""
        }
    }

    private func drawFoot(into buffer: inout CellBuffer, in inside: Rect, _ glyphs: Glyphs) {
        let y = inside.y + inside.height - 1
        if let complaint = dialog.complaint ?? dialog.fieldComplaint {
            buffer.put(
                complaint, x: inside.x + 1, y: y, style: Style(.critical), width: inside.width - 2,
                ellipsis: glyphs.ellipsis)
            return
        }
        let ready = dialog.field == .confirmation && dialog.isConfirmed && !dialog.isRefused
        let words: SafeText = ready ? "Enter drains \(dialog.worker) as \(user)" : "Nothing is done until this is typed"
        buffer.put(
            words, x: inside.x + 1, y: y, style: Style(ready ? .warning : .dim), width: inside.width - 2,
            ellipsis: glyphs.ellipsis)
        let escape: SafeText = "Esc leaves it as it is"
        if inside.width > words.columnWidth + escape.columnWidth + 4 {
            buffer.put(escape, endingAt: inside.x + inside.width - 1, y: y, style: Style(.key))
        }
    }
}
