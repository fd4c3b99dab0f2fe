import FleetModel
import Terminal

/// The bottom line: the keys that apply, or what is being typed, or the answer to the last key.
struct KeyLineView: Widget {
    let model: ConsoleModel

    /// A key and its word.
    typealias Hint = (key: SafeText, words: SafeText)

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        if let hint = model.hint {
            buffer.put(
                hint, x: area.x + 1, y: area.y, style: Style(.warning), width: area.width - 2, ellipsis: glyphs.ellipsis
            )
            return
        }
        switch model.overlay {
        case nil: draw(pageHints, into: &buffer, in: area)
        case .filter(let field)?:
            drawPrompt("/", field, KeyLineWords.filterHints, into: &buffer, in: area)
        case .command(let line)?:
            drawPrompt(":", line.field, KeyLineWords.commandHints, into: &buffer, in: area)
        case .export(let field)?:
            drawPrompt(KeyLineWords.exportPrompt, field, KeyLineWords.exportHints, into: &buffer, in: area)
        case .jump(let field)?:
            drawPrompt(TimeWords.jumpPrompt, field, TimeWords.jumpHints, into: &buffer, in: area)
        case .act(let form)?: draw(formHints(form), into: &buffer, in: area)
        case .delivery?: draw(KeyLineWords.deliveryHints, into: &buffer, in: area)
        case .columns?: draw(KeyLineWords.columnHints, into: &buffer, in: area)
        case .menu?: draw(KeyLineWords.menuHints, into: &buffer, in: area)
        case .quitting?: draw(KeyLineWords.quitHints, into: &buffer, in: area)
        }
    }

    func cursor(in area: Rect) -> (x: Int, y: Int)? {
        let (prompt, field): (SafeText, TextField)
        switch model.overlay {
        case .filter(let typed)?: (prompt, field) = ("/", typed)
        case .command(let line)?: (prompt, field) = (":", line.field)
        case .export(let typed)?: (prompt, field) = (KeyLineWords.exportPrompt, typed)
        case .jump(let typed)?: (prompt, field) = (TimeWords.jumpPrompt, typed)
        case nil, .act?, .delivery?, .columns?, .menu?, .quitting?: return nil
        }
        let x = area.x + 1 + prompt.columnWidth + field.safeText.columnWidth
        return (min(x, area.width - 1), area.y)
    }

    private func drawPrompt(
        _ prompt: SafeText, _ field: TextField, _ hints: [Hint], into buffer: inout CellBuffer, in area: Rect
    ) {
        let start = buffer.put(prompt, x: area.x + 1, y: area.y, style: Style(.key))
        let end = buffer.put(field.safeText, x: start, y: area.y, style: Style(.input))
        let x = max(end + 3, min(30, area.width / 3))
        draw(hints, into: &buffer, in: Rect(x: x, y: area.y, width: area.width - x, height: 1))
    }

    /// Words are left out from the end, but the way back, help and quit stay.
    private func draw(_ hints: [Hint], into buffer: inout CellBuffer, in area: Rect) {
        let parts = hints.enumerated().map { index, hint in
            let isKept = ["?", "q", "Esc"].contains(hint.key)
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
        return [asks ? KeyLineWords.doIt : KeyLineWords.goOn, KeyLineWords.nextField, KeyLineWords.leaveIt]
    }

    /// What applies on the page: its own keys first.
    private var pageHints: [Hint] {
        let (context, keys, page) = (model.keyContext, model.keymap, model.page)
        let pageContext = model.context
        return keys.bindings.compactMap { binding in
            guard binding.pages?.contains(page.kind) ?? true, binding.isOfThePast == false || context.isPast,
                let key = binding.keys.first,
                keys.action(for: key, on: page.kind, inThePast: context.isPast) == binding.action
            else { return nil }
            let label = page.label(of: binding.action, pageContext) ?? binding.action.label(in: context)
            return label.map { (key.words, $0) }
        }
    }
}

extension ConsoleModel {
    var keyContext: KeyContext {
        let table = page.table
        let fleet = page as? FleetPage
        let hasWorkers = page.kind == .worker || fleet?.focus == .workers
        return KeyContext(
            canDrain: hasWorkers && canDrain, canUndrain: hasWorkers && canUndrain,
            role: live.operations.role, isSafetyEngaged: live.operations.isSafetyEngaged,
            targets: max(1, fleet?.workers.marked.count ?? 1), hasWorkers: !live.snapshot.rows.isEmpty,
            hasTable: table != nil && !shown.snapshot.rows.isEmpty && fleet?.focus != .rooms,
            hasFailures: !acts.failed.isEmpty, isFiltered: !(table?.filter.isEverything ?? true),
            hasMarks: !(table?.marked.isEmpty ?? true), isFollowing: table?.isFollowing ?? false,
            isPast: past != nil, canTravel: canTravel, isReplay: isReplay, isPlaying: past?.travel?.isPlaying ?? false,
            isAtRoot: pages.isAtRoot && second == nil, page: page.kind, selection: page.selection(context))
    }
}
