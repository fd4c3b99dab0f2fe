import FleetModel
import Terminal

/// One close code, by worker.
struct CloseCodePage: ConsolePage {
    let code: UInt16
    private var workers = TableState()

    let kind = PageKind.churn
    var title: SafeText { ChurnWords.closes(of: code) }

    init(_ code: UInt16) {
        self.code = code
        workers.preferences.sort = CloserColumn.total.rawValue
    }

    var table: TableState? {
        get { workers }
        set { workers = newValue ?? workers }
    }

    func source(_ context: PageContext) -> (any TableSource)? { CloserTable(context.snapshot, code: code) }

    mutating func refresh(_ context: PageContext) {
        workers.arrange(CloserTable(context.snapshot, code: code), height: max(0, context.area.height - 2))
    }

    func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        guard action == .open, let id = workers.selectedID(CloserTable(context.snapshot, code: code)) else {
            return .ignored
        }
        return .open(WorkerPage(WorkerID(id)))
    }

    func label(of action: Action, _ context: PageContext) -> SafeText? {
        action == .open && !workers.order.isEmpty ? PageWords.name(.worker) : nil
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        let source = CloserTable(context.snapshot, code: code)
        let notes = [ChurnWords.meaning(code)] + workers.notes(source, context.glyphs)
        buffer.draw(Rule(context.crumbs, notes: notes), in: area.line(0), glyphs: context.glyphs)
        let view = TableView(source: source, state: workers, isWide: context.isWide, hasFocus: context.hasFocus)
        buffer.draw(view, in: area.withoutFirstRow, glyphs: context.glyphs)
    }
}

/// One column of the table of one code's workers.
enum CloserColumn: String, CaseIterable {
    case worker, total, share, connections = "conns", churn, planned

    func column(longestName: Int) -> TableColumn {
        let name = max(6, min(longestName, 28))
        return TableColumn(
            id: rawValue, title: ChurnWords.title(self),
            part: self == .worker
                ? LayoutPart(minimum: min(name, 14), maximum: name, priority: 100) : .fixed(9, priority: 50),
            isLeftAligned: self == .worker, order: self == .worker ? .ascending : .descending,
            keepsTail: self == .worker)
    }
}

/// How often each live worker closed with one code.
struct CloserTable: TableSource {
    private let rows: [(row: WorkerRow, count: UInt64)]
    private let all: UInt64
    let columns: [TableColumn]

    init(_ snapshot: Snapshot, code: UInt16) {
        rows = snapshot.rows.compactMap { row in
            guard row.isLive, let closes = row.figures.heard?.value.closes else { return nil }
            return closes.first { $0.code == code }.map { (row, $0.count) }
        }
        all = rows.reduce(0) { $0 &+ $1.count }
        columns = CloserColumn.allCases.map { $0.column(longestName: snapshot.longestName) }
    }

    var rowCount: Int { rows.count }
    func id(_ row: Int) -> String { rows[row].row.id.rawValue }
    func words(_ row: Int) -> [String] { [rows[row].row.name.text] }

    func key(_ row: Int, _ column: Int) -> SortValue {
        let (worker, count) = rows[row]
        switch CloserColumn.allCases[column] {
        case .worker: return .text(worker.name.text)
        case .total, .share: return .number(Double(count))
        case .connections: return .number(Double(worker.connections ?? 0))
        case .churn: return .number(worker.figures.churn)
        case .planned: return .number(worker.figures.plannedChurn)
        }
    }

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell {
        let (worker, count) = rows[row]
        switch CloserColumn.allCases[column] {
        case .worker: return TableCell(worker.name, Style(.normal, bold: true))
        case .total: return TableCell(Figures.grouped(Int(clamping: count)))
        case .share: return TableCell(Figures.percent(Double(count) / Double(max(all, 1))), Style(.dim))
        case .connections: return TableCell(worker.connections.map(Figures.grouped) ?? Figures.none)
        case .churn: return TableCell(Figures.tenths(percent: worker.figures.churn), worker.severity(of: .churn).style)
        case .planned: return TableCell(Figures.tenths(percent: worker.figures.plannedChurn), Style(.dim))
        }
    }
}
