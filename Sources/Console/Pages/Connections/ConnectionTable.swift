import AdminAPI
import FleetModel
import Terminal

/// Connections as a table, in the order in which their workers gave them.
struct ConnectionTable: TableSource {
    let rows: [ConnectionRow]

    private static let all = ConnectionColumn.allCases

    let columns: [TableColumn]

    /// - Parameter width: that the table has.
    init(_ book: ConnectionBook, width: Int) {
        rows = book.rows
        columns = Self.all.map { $0.column(book.longest, width: width) }
    }

    var rowCount: Int { rows.count }

    func id(_ row: Int) -> String { rows[row].id }

    func severity(_ row: Int) -> Severity {
        if case .stalled = rows[row].heartbeat { return .warning }
        return .fine
    }

    func words(_ row: Int) -> [String] {
        let (worker, info) = (rows[row].worker, rows[row].info)
        return [worker.rawValue, info.connectionID, info.userID ?? "", info.role ?? "", info.remoteAddress]
            + info.rooms.map(\.rawValue)
    }

    func key(_ row: Int, _ column: Int) -> SortValue {
        let row = rows[row]
        switch Self.all[column] {
        case .connection: return .text(row.info.connectionID)
        case .user: return .text(row.info.userID ?? "")
        case .role: return .text(row.info.role ?? "")
        case .worker: return .text(row.worker.rawValue)
        case .address: return .text(row.info.remoteAddress)
        case .age: return .number(row.age.inSeconds)
        case .silence: return .number(row.silence.inSeconds)
        case .heartbeat: return .number(row.heartbeat.rank)
        case .queue: return .number(Double(row.info.queueBytes.bytes))
        case .messages: return .number(Double(row.info.queueMessages))
        case .rooms: return .number(Double(row.info.rooms.count))
        }
    }

    func cell(_ row: Int, _ column: Int, _ glyphs: Glyphs) -> TableCell {
        let row = rows[row]
        switch Self.all[column] {
        case .connection: return TableCell(SafeText(row.info.connectionID), Style(.normal, bold: true))
        case .user: return TableCell(row.info.userID.map { SafeText($0) } ?? Figures.none)
        case .role: return TableCell(row.info.role.map { SafeText($0) } ?? Figures.none, Style(.dim))
        case .worker: return TableCell(SafeText(row.worker))
        case .address: return TableCell(SafeText(row.info.remoteAddress), Style(.dim))
        case .age: return TableCell(Figures.age(row.age))
        case .silence: return TableCell(Figures.age(row.silence))
        case .heartbeat: return TableCell(ConnectionWords.heartbeat(row.heartbeat), style(row.heartbeat))
        case .queue: return TableCell(Figures.bytes(row.info.queueBytes))
        case .messages: return TableCell(Figures.grouped(row.info.queueMessages))
        case .rooms: return TableCell(rooms(row.info.rooms), Style(.dim))
        }
    }

    private func style(_ heartbeat: ConnectionRow.Heartbeat) -> Style {
        switch heartbeat {
        case .stalled: Style(.warning)
        case .pinged: .normal
        case .due, .leaving: Style(.dim)
        }
    }

    /// How many, and the first by name; the cell cuts what finds no room.
    private func rooms(_ rooms: [RoomName]) -> SafeText {
        let names = rooms.prefix(Self.namedRooms).map { SafeText($0) }.joined(separator: " ")
        return rooms.isEmpty ? "0" : "\(rooms.count)  \(names)"
    }

    private static let namedRooms = 4
}
