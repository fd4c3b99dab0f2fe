import Terminal

/// What lies under a place of a table; the other side of `TableView`, which puts it there.
enum TableHit: Equatable {
    /// The title of the column of this id.
    case title(String)
    /// The row at this position of the shown order.
    case row(Int)
}

extension TableState {
    /// - Parameter area: that which the table is drawn into: a line of titles, and rows below.
    func hit(x: Int, y: Int, _ source: some TableSource, isWide: Bool, in area: Rect) -> TableHit? {
        guard area.contains(x: x, y: y) else { return nil }
        guard y > area.y else {
            let columns = TableLayout(source.columns, self, isWide: isWide, in: area).columns
            return columns.first { ($0.x..<$0.x + $0.width).contains(x) && $0.column.order != nil }
                .map { .title($0.column.id) }
        }
        let position = scroll + y - area.y - 1
        return order(in: source).indices.contains(position) ? .row(position) : nil
    }
}

extension Rect {
    func contains(x: Int, y: Int) -> Bool {
        (self.x..<self.x + max(0, width)).contains(x) && (self.y..<self.y + max(0, height)).contains(y)
    }
}
