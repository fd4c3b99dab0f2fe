import FleetModel
import Terminal

extension ConsoleModel {
    mutating func press(_ key: Key) -> [ConsoleEffect] {
        hint = nil
        if key == .control("c") { return quit() }
        if key == .control("l") { return [.redraw] }
        switch mode {
        case .overview: return keymap.action(for: key).map { perform($0) } ?? ignore(key)
        case .filter(let field): type(key, into: field)
        case .help(let scroll): read(key, scroll) { .help(scroll: $0) }
        case .events(let scroll): read(key, scroll) { .events(scroll: $0) }
        case .operations(let page): return press(key, in: page)
        case .act(let form, let below): return press(key, in: form, over: below)
        case .quitting: return pressWhileQuitting(key)
        }
        return []
    }

    private mutating func ignore(_ key: Key) -> [ConsoleEffect] {
        if case .character = key { hint = "\(key.words) does nothing here; ? shows the keys" }
        return []
    }

    private mutating func perform(_ action: Action) -> [ConsoleEffect] {
        switch action {
        case .quit: return quit()
        case .redraw: return [.redraw]
        case .drain, .undrain, .rebalance, .safety: open(action)
        case .operations: return openOperations()
        case .mark: toggleMark()
        case .dismiss: acts.dismissFailure()
        case .filter: mode = .filter(TextField(filter.text, maximumLength: Self.maximumFilter))
        case .sortNext: moveSort(by: 1)
        case .sortPrevious: moveSort(by: -1)
        case .invertSort: invertSort()
        case .follow: toggleFollow()
        case .pause: togglePause()
        case .switchFocus: switchFocus()
        case .events: mode = .events(scroll: 0)
        case .help: mode = .help(scroll: 0)
        case .back: goBack()
        case .up: move(by: -1)
        case .down: move(by: 1)
        case .pageUp: movePage(-1)
        case .pageDown: movePage(1)
        case .first: moveToEnd(last: false)
        case .last: moveToEnd(last: true)
        }
        return []
    }

    /// Longer than any worker's name that fits a screen.
    private static let maximumFilter = 64
}

// MARK: - Looking

extension ConsoleModel {
    private mutating func moveSort(by step: Int) {
        let keys = sortKeys
        let index = keys.firstIndex(of: sort.key) ?? 0
        sort = SortOrder(key: keys[(index + step + keys.count) % keys.count])
        arrange()
        keepSelectionVisible()
    }

    /// Trouble, and what has a column at this width.
    private var sortKeys: [SortKey] {
        [.trouble] + ColumnSet(for: shown, width: size.columns).columns.compactMap(\.column.sortKey)
    }

    private mutating func invertSort() {
        sort.isInverted.toggle()
        arrange()
        keepSelectionVisible()
    }

    private mutating func toggleFollow() {
        guard let selected else { return }
        chosen = selected
        isFollowing.toggle()
        keepSelectionVisible()
    }

    private mutating func togglePause() {
        frozen = isPaused ? nil : Frozen(snapshot: live, log: log, since: now)
        arrange()
    }

    private mutating func switchFocus() {
        focus = focus == .workers && !shown.rooms.rows.isEmpty && layout.rooms != nil ? .rooms : .workers
    }

    /// One step: first what is marked, then what is filtered away.
    private mutating func goBack() {
        if marked.isEmpty { show(.everything) } else { marked = [] }
    }

    private mutating func toggleMark() {
        guard let selected else { return }
        if marked.remove(selected) == nil { marked.insert(selected) }
        if focus == .workers { move(by: 1) }
    }

    private mutating func show(_ filter: WorkerFilter) {
        self.filter = filter
        arrange()
        keepSelectionVisible()
    }

    /// The filter acts while it is typed; Enter keeps it, Esc shows everything again.
    private mutating func type(_ key: Key, into field: TextField) {
        var field = field
        switch key {
        case .enter: mode = .overview
        case .escape:
            mode = .overview
            show(.everything)
        case .up: move(by: -1)
        case .down: move(by: 1)
        default:
            guard field.take(key) else { return }
            mode = .filter(field)
            show(WorkerFilter(field.text))
        }
    }

    /// Keys of a screen that is only read: they scroll, and everything that leaves it leaves it.
    private mutating func read(_ key: Key, _ scroll: Int, _ mode: (Int) -> Mode) {
        let page = max(1, size.rows - 4)
        switch keymap.action(for: key) {
        case .up: self.mode = mode(max(0, scroll - 1))
        case .down: self.mode = mode(min(scroll + 1, readableLines))
        case .pageUp: self.mode = mode(max(0, scroll - page))
        case .pageDown: self.mode = mode(min(scroll + page, readableLines))
        case .first: self.mode = mode(0)
        case .last: self.mode = mode(readableLines)
        case .back, .quit, .help, .events: self.mode = .overview
        case .drain, .undrain, .rebalance, .safety, .operations, .mark,
            .dismiss, .filter, .sortNext, .sortPrevious, .invertSort, .follow, .pause, .switchFocus, .redraw, nil:
            break
        }
    }
}
