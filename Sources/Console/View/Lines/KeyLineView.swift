import FleetModel
import Terminal

/// The bottom line: the keys that apply, or what is being typed, or the answer to the last key.
struct KeyLineView: Widget {
    let model: ConsoleModel

    /// A key and its word.
    private typealias Hint = (key: SafeText, words: SafeText)

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        if let hint = model.hint {
            buffer.put(
                hint, x: area.x + 1, y: area.y, style: Style(.warning), width: area.width - 2, ellipsis: glyphs.ellipsis
            )
            return
        }
        switch model.mode {
        case .overview: draw(overviewHints, into: &buffer, in: area)
        case .filter(let field): drawPrompt(field, into: &buffer, in: area)
        case .help, .events: draw([("Up Down", "scroll"), ("Esc", "back")], into: &buffer, in: area)
        case .operations(let page): draw(operationHints(page), into: &buffer, in: area)
        case .act(let form, _): draw(formHints(form), into: &buffer, in: area)
        case .quitting: draw([("Esc", "stay")], into: &buffer, in: area)
        }
    }

    func cursor(in area: Rect) -> (x: Int, y: Int)? {
        guard case .filter(let field) = model.mode else { return nil }
        return (min(area.x + 2 + field.safeText.columnWidth, area.width - 1), area.y)
    }

    private func drawPrompt(_ field: TextField, into buffer: inout CellBuffer, in area: Rect) {
        buffer.put("/", x: area.x + 1, y: area.y, style: Style(.key))
        let end = buffer.put(field.safeText, x: area.x + 2, y: area.y, style: Style(.input))
        let x = max(end + 3, min(30, area.width / 3))
        draw(
            [("Enter", "keep"), ("Esc", "show all"), ("!", "first: the others")], into: &buffer,
            in: Rect(x: x, y: area.y, width: area.width - x, height: 1))
    }

    /// Words are left out from the end, but help and quit stay.
    private func draw(_ hints: [Hint], into buffer: inout CellBuffer, in area: Rect) {
        let parts = hints.enumerated().map { index, hint in
            let isKept = hint.key == "?" || hint.key == "q"
            return LayoutPart.fixed(
                hint.key.columnWidth + 1 + hint.words.columnWidth, priority: isKept ? 100 : -index)
        }
        let line = Rect(x: area.x + 1, y: area.y, width: max(0, area.width - 2), height: 1)
        for (hint, place) in zip(hints, line.columns(parts, spacing: 2)) {
            guard let place else { continue }
            let x = buffer.put(hint.key, x: place.x, y: place.y, style: Style(.key))
            buffer.put(hint.words, x: x + 1, y: place.y, style: Style(.dim))
        }
    }

    private func formHints(_ form: ActForm) -> [Hint] {
        let asks = form.isAtConfirmation && form.expected == .yes
        return [
            asks ? ("y", "do it") : ("Enter", "go on"), ("Tab", "next field"), ("Esc", "leave it"),
        ]
    }

    private func operationHints(_ page: OperationsPage) -> [Hint] {
        var hints: [Hint] = [("Up Down", "choose"), ("PgUp PgDn", "steps")]
        if let record = page.selected(in: model.operations), record.outcome == nil,
            model.operations.may(record.plan.kind.role)
        {
            hints.insert(("c", "cancel"), at: 0)
            if record.isAbandoned(at: model.fleet.workersTime) { hints.insert(("t", "take over"), at: 1) }
        }
        return hints + [("Esc", "back")]
    }

    private var overviewHints: [Hint] {
        let context = model.keyContext
        return model.keymap.bindings.compactMap { binding in
            guard let key = binding.keys.first, let label = binding.action.label(in: context) else { return nil }
            return (key.words, label)
        }
    }
}

extension ConsoleModel {
    var keyContext: KeyContext {
        KeyContext(
            canDrain: canDrain, canUndrain: canUndrain, role: operations.role,
            isSafetyEngaged: operations.isSafetyEngaged, marked: marked.count, hasWorkers: !shown.rows.isEmpty,
            hasRooms: !shown.rooms.rows.isEmpty, hasFailures: !acts.failed.isEmpty,
            isFiltered: !filter.isEverything, isFollowing: isFollowing, isPaused: isPaused, focus: focus)
    }
}
