import FleetModel
import Terminal

/// What keys do on every page with a table.
extension ConsoleModel {
    /// - Returns: nil for what tables have no meaning for.
    mutating func performOnTable(_ action: Action) -> [ConsoleEffect]? {
        guard let source = page.source(context), var table = page.table else { return nil }
        switch action {
        case .up: table.move(by: -1, source)
        case .down: table.move(by: 1, source)
        case .pageUp: table.movePage(-1, source)
        case .pageDown: table.movePage(1, source)
        case .first: table.moveToEnd(last: false, source)
        case .last: table.moveToEnd(last: true, source)
        case .left, .right: table.columnOffset = offset(table, source, by: action == .left ? -1 : 1)
        case .mark: table.toggleMark(source)
        case .follow: table.toggleFollow(source)
        case .filter: overlay = .filter(TextField(table.filter.text, maximumLength: RowFilter.maximumLength))
        case .columns: overlay = .columns(ColumnChooser(source.columns))
        case .copy: return copy()
        case .export: overlay = .export(TextField(maximumLength: Self.longestPath))
        case .sortNext, .sortPrevious, .invertSort:
            sort(&table, action, source)
            page.table = table
            return keepTable()
        default: return nil
        }
        page.table = table
        return []
    }

    private func sort(_ table: inout TableState, _ action: Action, _ source: any TableSource) {
        if action == .invertSort {
            table.preferences.isInverted.toggle()
        } else {
            let shown = TableLayout(source.columns, table, isWide: preferences.isWide, in: context.area).columns
            table.moveSort(by: action == .sortNext ? 1 : -1, source, shown: shown.map(\.column))
        }
        table.arrange(source, height: table.height)
        table.keepVisible(source)
    }

    private func offset(_ table: TableState, _ source: any TableSource, by step: Int) -> Int {
        guard preferences.isWide else { return 0 }
        let layout = TableLayout(source.columns, table, isWide: true, in: context.area)
        let most = table.columnOffset + layout.missing
        return max(0, min(table.columnOffset + step, most))
    }

    /// The order and the columns of the page's table are found again at the next start.
    mutating func keepTable() -> [ConsoleEffect] {
        guard let table = page.table else { return [] }
        let name = page.kind.rawValue
        return change { $0.tables[name] = table.preferences }
    }

    private mutating func copy() -> [ConsoleEffect] {
        guard let text = page.selectionText(context), !text.isEmpty else {
            hint = HintWords.nothingToCopy
            return []
        }
        hint = HintWords.copied
        return [.copy(text)]
    }

    static let longestPath = 200
}

// MARK: - The filter

extension ConsoleModel {
    /// The filter acts while it is typed; Enter keeps it, Esc shows everything again.
    mutating func type(_ key: Key, intoFilter field: TextField) {
        guard let source = page.source(context), var table = page.table else { return overlay = nil }
        var field = field
        switch key {
        case .enter: overlay = nil
        case .escape:
            overlay = nil
            table.filter = .everything
        case .up: table.move(by: -1, source)
        case .down: table.move(by: 1, source)
        default:
            guard field.take(key) else { return }
            return use(typedFilter: field)
        }
        table.arrange(source, height: table.height)
        table.keepVisible(source)
        page.table = table
    }
}

extension ConsoleModel {
    /// Shows what a filter that is being typed lets through.
    mutating func use(typedFilter field: TextField) {
        guard let source = page.source(context), var table = page.table else { return overlay = nil }
        overlay = .filter(field)
        table.filter = RowFilter(field.text)
        table.arrange(source, height: table.height)
        table.keepVisible(source)
        page.table = table
    }
}

// MARK: - Columns

extension ConsoleModel {
    mutating func press(_ key: Key, in chooser: ColumnChooser) -> [ConsoleEffect] {
        var chooser = chooser
        switch key {
        case .up, .character("k"): chooser.move(by: -1)
        case .down, .character("j"): chooser.move(by: 1)
        case .character(" "), .enter:
            guard var table = page.table else { return [] }
            chooser.toggle(in: &table.preferences)
            page.table = table
        case .escape, .character("q"), .character("C"):
            overlay = nil
            return keepTable()
        default: return []
        }
        overlay = .columns(chooser)
        return []
    }
}
