import FleetModel
import Terminal

extension ActForm {
    /// What is to be confirmed is confirmed with a text, and not with y.
    var asksForText: Bool {
        switch plan?.confirmation {
        case .typed: true
        case .yes, nil: false
        }
    }
}

extension ActFormView {
    func drawField(_ index: Int, into buffer: inout CellBuffer, in inside: Rect, _ glyphs: Glyphs) {
        guard let y = y(of: index, in: inside) else { return }
        let isFocused = index == form.focus
        let offset = fieldX(of: index, in: inside)
        if isFocused { buffer[inside.x, y] = Cell(glyphs.pointer, Style(.accent, bold: true)) }
        guard index < form.fields.count || form.asksForText else {
            return drawQuestion(into: &buffer, in: inside, y: y, glyphs)
        }
        buffer.put(
            label(of: index), x: inside.x + 1, y: y, style: Style(isFocused ? .accent : .dim), width: offset - 2,
            ellipsis: glyphs.ellipsis)
        let place = Rect(x: inside.x + offset, y: y, width: max(0, inside.width - offset - 1), height: 1)
        buffer.fill(place, with: Cell(isFocused ? "_" : " ", Style(isFocused ? .input : .normal)))
        let text = text(of: index)
        if text.isEmpty {
            buffer.put(placeholder(of: index), x: place.x, y: y, style: Style(.dim), width: place.width)
        } else {
            buffer.put(text, x: place.x, y: y, style: Style(.input), width: place.width)
        }
    }

    private func drawQuestion(into buffer: inout CellBuffer, in inside: Rect, y: Int, _ glyphs: Glyphs) {
        guard form.expected != nil else { return }
        let x = buffer.put("y", x: inside.x + 1, y: y, style: Style(.key, bold: form.isAtConfirmation))
        buffer.put(
            " " + ActFormWords.deed(form.plan?.deed ?? "", user), x: x, y: y,
            style: Style(form.isAtConfirmation ? .warning : .dim), width: inside.x + inside.width - x - 1,
            ellipsis: glyphs.ellipsis)
    }

    private func placeholder(of field: Int) -> SafeText {
        field < form.fields.count ? form.fields[field].placeholder : ""
    }

    func drawFoot(into buffer: inout CellBuffer, in inside: Rect, _ glyphs: Glyphs) {
        let y = inside.y + inside.height - 1
        guard y >= inside.y else { return }
        if let (words, style) = complaint {
            buffer.put(
                words, x: inside.x + 1, y: y, style: style, width: inside.width - 2, ellipsis: glyphs.ellipsis)
            return
        }
        buffer.put(
            footWords, x: inside.x + 1, y: y, style: Style(form.isReady ? .warning : .dim), width: inside.width - 2,
            ellipsis: glyphs.ellipsis)
        let escape = ActFormWords.escapeLeaves
        if inside.width > footWords.columnWidth + escape.columnWidth + 4 {
            buffer.put(escape, endingAt: inside.x + inside.width - 1, y: y, style: Style(.key))
        }
    }

    private var complaint: (words: SafeText, style: Style)? {
        if let words = form.complaint { return (words, Style(.critical)) }
        // Without a plan it stands in its place.
        guard form.plan != nil, let complaint = form.fieldComplaint else { return nil }
        switch complaint.kind {
        case .wrong: return (complaint.words, Style(.critical))
        case .missing, .awaited: return (complaint.words, Style(.warning))
        }
    }

    private var footWords: SafeText {
        if form.isReady { return "Enter " + ActFormWords.deed(form.plan?.deed ?? "", user) }
        if form.plan == nil { return ActFormWords.noPlan }
        if form.expected == nil { return ActFormWords.isRefused }
        return form.asksForText ? ActFormWords.untilTyped : ActFormWords.untilPressed
    }
}
