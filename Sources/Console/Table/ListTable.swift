import FleetModel
import Terminal

/// A value that is a row of a table and says itself how it reads there.
protocol ListRow: Sendable {
    /// Made anew for each look, because their titles follow the language.
    static var columns: [ListColumn<Self>] { get }
    /// nil where the rows are meant as they come.
    static var naturalOrder: NaturalOrder? { get }
    /// Stays the same while the row moves, and differs from that of every other row.
    var id: String { get }
    /// What a filter looks at.
    var words: [String] { get }
    var severity: Severity { get }
    var naturalKey: Double { get }
}

extension ListRow {
    static var naturalOrder: NaturalOrder? { nil }
    var severity: Severity { .fine }
    var naturalKey: Double { 0 }
}

/// One column of a table of values: where it stands, how a value reads in it, and by what values are sorted.
struct ListColumn<Row: Sendable>: Sendable {
    let column: TableColumn
    let key: (@Sendable (Row) -> SortValue)?
    let cell: @Sendable (Row, Glyphs) -> TableCell

    /// - Parameter order: how the first sort by it goes; names read best from A, figures from the largest.
    init(
        _ id: String, _ title: SafeText, _ part: LayoutPart, order: TableColumn.Order? = nil,
        isLeftAligned: Bool = false, keepsTail: Bool = false, isWide: Bool = false,
        by key: (@Sendable (Row) -> SortValue)? = nil, cell: @escaping @Sendable (Row, Glyphs) -> TableCell
    ) {
        column = TableColumn(
            id: id, title: title, part: part, isLeftAligned: isLeftAligned, order: key == nil ? nil : order,
            keepsTail: keepsTail, isWide: isWide)
        self.key = key
        self.cell = cell
    }

    /// A column of words, sorted from A.
    static func words(
        _ id: String, _ title: SafeText, _ part: LayoutPart, keepsTail: Bool = false, isWide: Bool = false,
        style: @escaping @Sendable (Row) -> Style = { _ in .normal },
        text: @escaping @Sendable (Row) -> SafeText
    ) -> Self {
        Self(
            id, title, part, order: .ascending, isLeftAligned: true, keepsTail: keepsTail, isWide: isWide,
            by: { .text(text($0).text) }, cell: { row, _ in TableCell(text(row), style(row)) })
    }

    /// A column of figures, sorted from the largest; what is not known is less than everything.
    static func figures(
        _ id: String, _ title: SafeText, _ part: LayoutPart, isWide: Bool = false,
        style: @escaping @Sendable (Row) -> Style = { _ in .normal },
        by value: @escaping @Sendable (Row) -> Double?,
        text: @escaping @Sendable (Row) -> SafeText
    ) -> Self {
        Self(
            id, title, part, order: .descending, isWide: isWide,
            by: { .number(value($0) ?? -.greatestFiniteMagnitude) },
            cell: { row, _ in TableCell(text(row), style(row)) })
    }
}

/// A table whose rows are values of one kind.
struct ListTable<Row: ListRow>: TableSource {
    let rows: [Row]
    let columns: [TableColumn]
    private let list: [ListColumn<Row>]

    init(_ rows: [Row]) {
        self.rows = rows
        list = Row.columns
        columns = list.map(\.column)
    }

    var rowCount: Int { rows.count }
    var naturalOrder: NaturalOrder? { Row.naturalOrder }

    func id(_ row: Int) -> String { rows[row].id }
    func naturalKey(_ row: Int) -> Double { rows[row].naturalKey }
    func words(_ row: Int) -> [String] { rows[row].words }
    func severity(_ row: Int) -> Severity { rows[row].severity }
    func key(_ row: Int, _ column: Int) -> SortValue { list[column].key?(rows[row]) ?? .number(0) }
    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell { list[column].cell(rows[row], glyphs) }
}
