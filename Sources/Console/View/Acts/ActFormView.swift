import ControlPlane
import FleetModel
import Terminal

/// The question before an act: first what follows from it, then what may be said, then what must be typed.
struct ActFormView: Widget {
    let form: ActForm
    let user: SafeText

    private static let widest = 92
    static let leastFieldX = 11
    /// Names may be many; what they are is said in so many lines.
    private static let linesPerSentence = 2
    /// Where there is little room, what follows from the act is seen before the fields.
    private static let leastLines = 2

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let frame = frame(in: area)
        let inside = Box.interior(of: frame)
        buffer.draw(Box(form.subject.title, style: Style(.warning)), in: frame, glyphs: glyphs)
        let shown = lines(width: inside.width - 2).prefix(max(0, inside.height - footHeight(in: inside)))
        for (index, line) in shown.enumerated() {
            buffer.put(
                line.words, x: inside.x + 1, y: inside.y + index, style: line.style, width: inside.width - 2,
                ellipsis: glyphs.ellipsis)
        }
        for index in visibleFields(in: inside) { drawField(index, into: &buffer, in: inside, glyphs) }
        drawFoot(into: &buffer, in: inside, glyphs)
    }

    private func frame(in area: Rect) -> Rect {
        let width = min(area.width, Self.widest)
        let height = min(area.height, lines(width: width - 4).count + form.fields.count + Self.footLines + 2)
        return Rect(
            x: area.x + (area.width - width) / 2, y: area.y + max(0, area.height - height) * 3 / 4, width: width,
            height: height)
    }

    /// A blank, the confirmation, and the line of keys.
    private static let footLines = 3
}

// MARK: - Lines

extension ActFormView {
    private func lines(width: Int) -> [(words: SafeText, style: Style)] {
        guard let plan = form.plan else {
            return form.fieldComplaint.map { wrapped($0.words, Style(.warning), width) } ?? []
        }
        let consequences = plan.consequences.flatMap { wrapped($0, Style.normal, width) }
        let objections = plan.objections.flatMap { objection in
            wrapped(
                ActFormWords.objection(objection.words, isRefusal: objection.isRefusal),
                Style(objection.isRefusal ? .critical : .warning), width)
        }
        return plan.isRefused ? objections : consequences + objections
    }

    private func wrapped(_ words: SafeText, _ style: Style, _ width: Int) -> [(words: SafeText, style: Style)] {
        let lines = words.wrapped(to: max(1, width))
        guard lines.count > Self.linesPerSentence else { return lines.map { ($0, style) } }
        let kept = lines.prefix(Self.linesPerSentence)
        return kept.dropLast().map { ($0, style) } + kept.suffix(1).map { ($0 + ActFormWords.andSoOn, style) }
    }
}

// MARK: - Places

extension ActFormView {
    func cursor(in area: Rect) -> (x: Int, y: Int)? {
        guard !form.isAtConfirmation || form.asksForText else { return nil }
        let inside = Box.interior(of: frame(in: area))
        guard let y = y(of: form.focus, in: inside) else { return nil }
        let end = fieldX(of: form.focus, in: inside) + text(of: form.focus).columnWidth
        return (inside.x + min(end, inside.width - 2), y)
    }

    private func footHeight(in inside: Rect) -> Int { visibleFields(in: inside).count + 2 }

    /// All of them, and the confirmation; on a small screen those around the one that is typed into.
    private func visibleFields(in inside: Rect) -> Range<Int> {
        let count = form.fields.count + 1
        let least = min(Self.leastLines, lines(width: inside.width - 2).count)
        let room = max(1, min(count, inside.height - least - 2))
        let first = max(0, min(form.focus - room / 2, count - room))
        return first..<first + room
    }

    func y(of field: Int, in inside: Rect) -> Int? {
        let visible = visibleFields(in: inside)
        guard visible.contains(field) else { return nil }
        let y = inside.y + inside.height - 1 - visible.count + (field - visible.lowerBound)
        return y >= inside.y ? y : nil
    }

    /// What is to be typed stands before its field, however long it is.
    func fieldX(of field: Int, in inside: Rect) -> Int {
        let labels = field < form.fields.count ? form.fields.map(\.label) : [label(of: field)]
        let width = labels.map(\.columnWidth).max() ?? 0
        return max(Self.leastFieldX, min(width + 3, inside.width * 2 / 3))
    }

    func text(of field: Int) -> SafeText {
        field < form.fields.count ? form.fields[field].text.safeText : form.confirmation.safeText
    }

    func label(of field: Int) -> SafeText {
        guard field >= form.fields.count else { return form.fields[field].label }
        switch form.plan?.confirmation {
        case .typed(let words): return ActFormWords.type(words)
        case .yes, nil: return "y"
        }
    }
}
