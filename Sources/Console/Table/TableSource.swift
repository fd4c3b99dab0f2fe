import FleetModel
import Terminal

/// What a table shows: its columns, and how each row reads in them. Rows keep the order the source has them in; the
/// table's state says in which they are shown.
protocol TableSource: Sendable {
    var columns: [TableColumn] { get }
    var rowCount: Int { get }
    /// The order that is meant while no column is chosen; the source's rows are taken as they come where it is nil.
    var naturalOrder: NaturalOrder? { get }

    /// Stays the same while the row moves, and differs from that of every other row.
    func id(_ row: Int) -> String
    /// By what rows are sorted; not asked for columns without an order.
    func key(_ row: Int, _ column: Int) -> SortValue
    func naturalKey(_ row: Int) -> Double
    /// What a filter looks at.
    func words(_ row: Int) -> [String]

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell
    /// Before the row, so that severity is seen without colour.
    func severity(_ row: Int) -> Severity
    /// What stands in the place of all cells from a column on; nil for a row that has its cells.
    func remark(_ row: Int) -> TableRemark?
}

extension TableSource {
    var naturalOrder: NaturalOrder? { nil }
    func naturalKey(_ row: Int) -> Double { 0 }
    func severity(_ row: Int) -> Severity { .fine }
    func remark(_ row: Int) -> TableRemark? { nil }
}

/// An order that no column stands for, such as trouble first.
struct NaturalOrder: Sendable {
    let words: SafeText
    let ascends: Bool
}

/// One column as a table places it.
struct TableColumn: Sendable {
    enum Order: Sendable {
        /// Names read best from A.
        case ascending
        /// Figures are looked at for the largest.
        case descending
    }

    /// Names the column in what is kept between runs, and after `:sort`.
    let id: String
    let title: SafeText
    /// What the column asks of the width, and how long it stays when the screen gets narrow.
    let part: LayoutPart
    var isLeftAligned = false
    /// How the first sort by it goes; nil where it cannot be sorted by.
    var order: Order?
    /// A name that is too long loses its front rather than its end.
    var keepsTail = false
    /// Shown in wide mode only, unless the operator chose it.
    var isWide = false
}

/// By what rows are sorted.
enum SortValue: Sendable, Equatable, Comparable {
    case number(Double)
    case text(String)

    static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.number(let one), .number(let other)): one < other
        case (.text(let one), .text(let other)): one < other
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}

/// What stands in a cell.
struct TableCell: Sendable {
    enum Content: Sendable {
        case text(SafeText)
        /// From 0 to 1.
        case bar(Double)
        case spark([Double])
    }

    var content: Content
    var style: Style
    /// The style fills the whole cell and not only its text, as in a heat table.
    var isFilled = false

    init(_ text: SafeText, _ style: Style = .normal, isFilled: Bool = false) {
        content = .text(text)
        self.style = style
        self.isFilled = isFilled
    }

    static func bar(_ fraction: Double, _ style: Style = Style(.bar)) -> TableCell { TableCell(.bar(fraction), style) }

    static func spark(_ values: [Double], _ style: Style = Style(.spark)) -> TableCell {
        TableCell(.spark(values), style)
    }

    private init(_ content: Content, _ style: Style) {
        self.content = content
        self.style = style
    }

    /// As it reads in an export, where nothing is drawn.
    var plainText: SafeText {
        switch content {
        case .text(let text): text
        case .bar(let fraction): Figures.percent(fraction)
        case .spark(let values): values.last.map(Figures.rate) ?? ""
        }
    }
}

/// Words over the cells of a row that has nothing for them.
struct TableRemark: Sendable {
    /// The columns before it are drawn as they are.
    let afterColumns: Set<String>
    let words: SafeText
    let style: Style
}
