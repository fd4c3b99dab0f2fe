import FleetModel
import Terminal

/// Where the operator is in a table and how they want to see it; what the table is of comes from its source.
package struct TableState: Sendable, Equatable {
    /// What outlives the console: which columns, in which order.
    package struct Preferences: Sendable, Equatable {
        /// The id of a column; nil for the source's natural order.
        package var sort: String?
        package var isInverted = false
        package var hidden: Set<String> = []
        /// Columns that only wide mode shows and that are wanted always.
        package var added: Set<String> = []

        package init() {}
    }

    package var preferences = Preferences()
    package var filter = RowFilter.everything
    /// nil until the operator chooses: then the top row is meant.
    package private(set) var chosen: String?
    package var isFollowing = false
    package internal(set) var marked: Set<String> = []
    /// Indices into the source's rows, filtered and sorted, as of the last arrangement.
    private(set) var order: [Int] = []
    /// How many rows the source had then.
    private var arrangedRows = 0
    private(set) var scroll = 0
    /// The first column after the name that is shown, in wide mode.
    var columnOffset = 0
    /// Rows that fit, as of the last arrangement.
    private(set) var height = 1

    package init() {}
}

// MARK: - Order

extension TableState {
    /// Filters and sorts anew without moving what the operator looks at; follows the chosen row where that is wanted.
    mutating func arrange(_ source: some TableSource, height: Int) {
        let hasShrunk = height < self.height
        self.height = height
        arrangedRows = source.rowCount
        order = sorted(source).filter { filter.isEverything || filter.shows(source.words($0)) }
        if isFollowing || hasShrunk { keepVisible(source) } else { clampScroll() }
    }

    /// The order without rows that the source has lost since: a sample comes between any two arrangements.
    func order(in source: some TableSource) -> [Int] {
        let count = source.rowCount
        return count >= arrangedRows ? order : order.filter { $0 < count }
    }

    private func sorted(_ source: some TableSource) -> [Int] {
        let rows = 0..<source.rowCount
        if let column = sortColumn(source) {
            return Self.sort(rows.map { source.key($0, column) }, ascends: ascends(source))
        }
        guard source.naturalOrder != nil else { return preferences.isInverted ? rows.reversed() : Array(rows) }
        return Self.sort(rows.map { source.naturalKey($0) }, ascends: ascends(source))
    }

    /// Equal rows keep the source's order, so that nothing jumps about.
    private static func sort<Value: Comparable>(_ values: [Value], ascends: Bool) -> [Int] {
        values.indices.sorted { left, right in
            if values[left] == values[right] { return left < right }
            return ascends ? values[left] < values[right] : values[left] > values[right]
        }
    }

    /// nil for the natural order; also while the column it names is not there.
    func sortColumn(_ source: some TableSource) -> Int? {
        guard let sort = preferences.sort else { return nil }
        return source.columns.firstIndex { $0.id == sort && $0.order != nil }
    }

    func ascends(_ source: some TableSource) -> Bool {
        let usual =
            sortColumn(source).map { source.columns[$0].order == .ascending } ?? source.naturalOrder?.ascends ?? true
        return usual != preferences.isInverted
    }

    /// On to the next or the one before of the columns that are shown, with the natural order among them.
    mutating func moveSort(by step: Int, _ source: some TableSource, shown: [TableColumn]) {
        let ids: [String?] = [nil] + shown.filter { $0.order != nil }.map(\.id)
        let index = ids.firstIndex(of: preferences.sort) ?? 0
        sort(by: ids[(index + step + ids.count) % ids.count])
    }

    /// Each order starts in its own direction; the same once more turns it round.
    mutating func sort(by id: String?) {
        preferences.isInverted = preferences.sort == id && id != nil ? !preferences.isInverted : false
        preferences.sort = id
    }
}

// MARK: - Choosing

extension TableState {
    /// Where in the shown order the selected row is; nil when none is shown.
    func position(_ source: some TableSource) -> Int? {
        let order = order(in: source)
        if let chosen, let position = order.firstIndex(where: { source.id($0) == chosen }) { return position }
        return order.isEmpty ? nil : 0
    }

    /// The source's index of the row that keys act on.
    func selectedRow(_ source: some TableSource) -> Int? { position(source).map { order(in: source)[$0] } }

    func selectedID(_ source: some TableSource) -> String? { selectedRow(source).map(source.id) }

    mutating func choose(_ id: String?) { chosen = id }

    mutating func move(by step: Int, _ source: some TableSource) {
        select((position(source) ?? 0) + step, source)
    }

    mutating func movePage(_ direction: Int, _ source: some TableSource) {
        move(by: direction * max(1, height - 1), source)
    }

    mutating func moveToEnd(last: Bool, _ source: some TableSource) {
        select(last ? order.count - 1 : 0, source)
    }

    /// Following ends with the first step away.
    mutating func select(_ position: Int, _ source: some TableSource) {
        let order = order(in: source)
        guard !order.isEmpty else { return }
        let id = source.id(order[max(0, min(position, order.count - 1))])
        if id != chosen { isFollowing = false }
        chosen = id
        keepVisible(source)
    }

    mutating func toggleFollow(_ source: some TableSource) {
        guard let id = selectedID(source) else { return }
        chosen = id
        isFollowing.toggle()
        keepVisible(source)
    }

    mutating func toggleMark(_ source: some TableSource) {
        guard let id = selectedID(source) else { return }
        if marked.remove(id) == nil { marked.insert(id) }
        move(by: 1, source)
    }
}

// MARK: - Scrolling

extension TableState {
    /// Scrolls as little as needed to show the selected row.
    mutating func keepVisible(_ source: some TableSource) {
        clampScroll()
        guard let position = position(source) else { return }
        if position < scroll { scroll = position }
        if position >= scroll + height { scroll = position - max(height, 1) + 1 }
    }

    /// Takes back scrolling past the end, after rows went or the screen grew.
    private mutating func clampScroll() {
        scroll = max(0, min(scroll, order.count - height))
    }

    /// Looks elsewhere without choosing anything else.
    mutating func scroll(by step: Int) {
        isFollowing = false
        scroll += step
        clampScroll()
    }

    mutating func scrollToTop() {
        scroll = 0
        chosen = nil
    }

    /// "rows 12-40" while not all fit.
    var range: (first: Int, last: Int)? {
        guard order.count > height, height > 0 else { return nil }
        return (scroll + 1, min(scroll + height, order.count))
    }
}
