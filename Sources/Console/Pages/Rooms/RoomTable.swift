import FleetModel
import Terminal

/// Rooms against the workers that hold them: digits, with heat where a worker holds more of a room than its even part.
struct RoomTable: TableSource {
    /// What stands in a column.
    enum Place {
        case own(RoomColumn)
        case worker(WorkerID)
    }

    let columns: [TableColumn]
    private let places: [Place]
    private let rows: [RoomRow]
    /// Of the fleet.
    private let connections: Int

    /// On a narrow screen the counts matter more than the ends of the names.
    static let leastRoom = 16
    static let workerWidth = 6

    init(_ rows: [RoomRow], workers: [WorkerHeading], connections: Int) {
        self.rows = rows
        self.connections = connections
        let longest = rows.lazy.map(\.room.rawValue.utf8.count).max() ?? 0
        let own: (RoomColumn) -> (TableColumn, Place) = { ($0.column(longestRoom: longest), .own($0)) }
        let pairs =
            [own(.room), own(.criticality), own(.connections)] + workers.map { ($0.column, .worker($0.worker)) }
            + [own(.skew), own(.share)]
        columns = pairs.map(\.0)
        places = pairs.map(\.1)
    }

    var rowCount: Int { rows.count }

    func id(_ row: Int) -> String { rows[row].room.rawValue }
    func words(_ row: Int) -> [String] { [rows[row].room.rawValue, rows[row].criticality.word.text] }
    func severity(_ row: Int) -> Severity { rows[row].isUneven ? .warning : .fine }

    func key(_ row: Int, _ column: Int) -> SortValue {
        let row = rows[row]
        switch places[column] {
        case .own(.room): return .text(row.room.rawValue)
        case .own(.criticality): return .number(row.criticality.rank)
        case .own(.connections), .own(.share): return .number(Double(row.total))
        case .own(.skew): return .number(row.skew ?? -.infinity)
        case .worker(let worker): return .number(Double(row.connections[worker] ?? -1))
        }
    }

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell {
        let row = rows[row]
        switch places[column] {
        case .own(.room): return TableCell(SafeText(row.room))
        case .own(.criticality):
            return TableCell(row.criticality.word, Style(row.criticality == .critical ? .accent : .dim))
        case .own(.connections):
            let total = Figures.grouped(row.total)
            return TableCell(row.isLowerBound ? ">" + total : total)
        case .own(.skew):
            return TableCell(row.skewWords, Style(row.isUneven ? .warning : .dim))
        case .own(.share):
            let share = connections > 0 ? Figures.percent(Double(row.total) / Double(connections)) : Figures.none
            return TableCell(share, Style(.dim))
        case .worker(let worker): return heat(row, worker)
        }
    }

    private func heat(_ row: RoomRow, _ worker: WorkerID) -> TableCell {
        guard let count = row.connections[worker] else {
            return TableCell(row.isUnknown(worker) ? "?" : Figures.none, Style(.dim))
        }
        let style = Style(ThemeRole.heatScale[row.heat(of: count)])
        return TableCell(count > 99_999 ? Figures.rate(Double(count)) : Figures.grouped(count), style, isFilled: true)
    }
}

/// A worker at the head of a column.
struct WorkerHeading {
    let worker: WorkerID
    /// What of its name tells it from the others.
    let title: SafeText

    /// Workers leave the table from the right: all but the first are as important as each other.
    var column: TableColumn {
        TableColumn(
            id: Self.mark + SafeText(worker).text, title: title, part: .fixed(RoomTable.workerWidth, priority: 70),
            order: .descending)
    }

    /// No column of the table's own begins so.
    private static let mark = "@"
}

extension WorkerHeading {
    /// More than anybody scrolls through sideways.
    private static let mostColumns = 128

    /// Those that fit a width, or many more where the table is scrolled sideways.
    static func fitting(_ width: Int, _ rooms: RoomOverview, selected: WorkerID?, isWide: Bool) -> [WorkerHeading] {
        let spacing = TableLayout.spacing(width: width)
        let own = RoomColumn.allCases.map { $0.column(longestRoom: 0).part.minimum + spacing }.reduce(
            TableLayout.margin, +)
        let limit = isWide ? mostColumns : max(0, (width - own) / (RoomTable.workerWidth + spacing))
        return rooms.shownWorkers(limit: limit, selected: selected).map { worker in
            let tail = worker.rawValue.dropFirst(rooms.commonPrefix).suffix(RoomTable.workerWidth)
            return WorkerHeading(worker: worker, title: SafeText(tail))
        }
    }
}

extension Criticality {
    /// The more it matters, the more.
    fileprivate var rank: Double {
        switch self {
        case .bestEffort: 0
        case .important: 1
        case .critical: 2
        }
    }
}
