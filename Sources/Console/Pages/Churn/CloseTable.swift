import FleetModel
import Terminal

/// One column of the table of closes.
enum CloseColumn: String, CaseIterable {
    case code, minute, total, share, returns, meaning

    var column: TableColumn {
        TableColumn(id: rawValue, title: ChurnWords.title(self), part: part, isLeftAligned: isLeftAligned, order: order)
    }

    private var part: LayoutPart {
        switch self {
        case .code: .fixed(6, priority: 100)
        case .minute: .fixed(8, priority: 90)
        case .total: .fixed(9, priority: 80)
        case .share: .fixed(5, priority: 60)
        case .returns: .fixed(6, priority: 50)
        case .meaning: LayoutPart(minimum: 20, maximum: 70, priority: 70)
        }
    }

    private var isLeftAligned: Bool {
        switch self {
        case .code, .meaning, .returns: true
        case .minute, .total, .share: false
        }
    }

    private var order: TableColumn.Order? {
        switch self {
        case .code: .ascending
        case .minute, .total, .share: .descending
        case .meaning, .returns: nil
        }
    }
}

/// Closes by code over all live workers.
struct CloseTable: TableSource {
    private struct Row {
        let code: UInt16
        var minute: UInt64 = 0
        var total: UInt64 = 0
    }

    private let rows: [Row]
    private let all: UInt64

    /// Of more codes than this nobody reads a table; the rarest are left out.
    private static let maximumRows = 256

    init(_ world: World) {
        var rows: [UInt16: Row] = [:]
        for record in world.fleet.workers.values where !record.isStale {
            for close in record.heard?.value.closes ?? [] {
                rows[close.code, default: Row(code: close.code)].total &+= close.count
            }
        }
        for (code, count) in world.fleet.closeTally.byCode { rows[code, default: Row(code: code)].minute = count }
        let ordered = rows.values.sorted { ($1.minute, $1.total, $0.code) < ($0.minute, $0.total, $1.code) }
        self.rows = Array(ordered.prefix(Self.maximumRows))
        all = rows.values.reduce(0) { $0 &+ $1.total }
    }

    let columns = CloseColumn.allCases.map(\.column)
    var rowCount: Int { rows.count }

    func id(_ row: Int) -> String { String(rows[row].code) }

    func key(_ row: Int, _ column: Int) -> SortValue {
        switch CloseColumn.allCases[column] {
        case .code: .number(Double(rows[row].code))
        case .minute: .number(Double(rows[row].minute))
        case .total, .share: .number(Double(rows[row].total))
        case .meaning, .returns: .number(0)
        }
    }

    func words(_ row: Int) -> [String] { [id(row), ChurnWords.meaning(rows[row].code).text] }

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell {
        let row = rows[row]
        switch CloseColumn.allCases[column] {
        case .code: return TableCell("\(row.code)", Style(.normal, bold: true))
        case .minute:
            return TableCell(Figures.grouped(Int(clamping: row.minute)), row.minute > 0 ? .normal : Style(.dim))
        case .total: return TableCell(Figures.grouped(Int(clamping: row.total)))
        case .share: return TableCell(Figures.percent(Double(row.total) / Double(max(all, 1))), Style(.dim))
        case .returns: return TableCell(ChurnWords.returns(row.code), Style(.dim))
        case .meaning:
            let words = ChurnWords.meaning(row.code)
            return ChurnWords.isPlanned(row.code)
                ? TableCell(ChurnWords.planned + words, Style(.accent)) : TableCell(words)
        }
    }
}
