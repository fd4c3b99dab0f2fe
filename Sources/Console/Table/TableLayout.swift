import FleetModel
import Terminal

/// The columns of a table that fit a width, from left to right.
struct TableLayout {
    struct Placed {
        /// In the source's columns.
        let index: Int
        let column: TableColumn
        let x: Int
        let width: Int
    }

    let columns: [Placed]
    /// Columns that are wanted and found no room.
    let missing: Int

    /// The pointer, the mark of the severity and that of the operator stand before the first column.
    static let margin = 3
    /// From this width on columns stand further apart.
    private static let roomy = 160

    static func spacing(width: Int) -> Int { width >= roomy ? 2 : 1 }

    /// - Parameter isWide: every column at its least width; those that do not fit are scrolled to.
    init(_ all: [TableColumn], _ state: TableState, isWide: Bool, in area: Rect) {
        let wanted = all.indices.filter { Self.isWanted(all[$0], state.preferences, isWide: isWide) }
        let line = Rect(
            x: area.x + Self.margin, y: area.y, width: max(0, area.width - Self.margin), height: 1)
        let spacing = Self.spacing(width: area.width)
        let indices = isWide ? wanted.prefix(1) + wanted.dropFirst(1 + state.columnOffset) : wanted[...]
        let parts = indices.enumerated().map { place, index in
            isWide ? Self.inTurn(all[index].part, place) : all[index].part
        }
        columns = zip(indices, line.columns(parts, spacing: spacing)).compactMap { index, place in
            place.map { Placed(index: index, column: all[index], x: $0.x, width: $0.width) }
        }
        missing = wanted.count - columns.count
    }

    private static func isWanted(_ column: TableColumn, _ preferences: TableState.Preferences, isWide: Bool) -> Bool {
        if preferences.hidden.contains(column.id) { return false }
        return !column.isWide || isWide || preferences.added.contains(column.id)
    }

    /// Columns are let in from the left, not by what they matter.
    private static func inTurn(_ part: LayoutPart, _ place: Int) -> LayoutPart {
        LayoutPart(minimum: part.minimum, maximum: part.maximum, priority: -place)
    }
}
