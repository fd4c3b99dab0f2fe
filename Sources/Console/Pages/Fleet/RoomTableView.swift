import FleetModel
import Terminal

/// The most populated rooms against the workers that hold their connections: digits, with heat where a worker holds
/// more of a room than its even part.
struct RoomTableView: Widget {
    let rooms: RoomOverview
    /// Whose column is shown whatever it holds.
    let selectedWorker: WorkerID?
    let scroll: Int
    /// nil while the keys act elsewhere.
    let selectedRoom: Int?

    func draw(into buffer: inout CellBuffer, in area: Rect, glyphs: Glyphs) {
        let columns = RoomColumns(for: rooms, selected: selectedWorker, width: area.width)
        let rows = Rect(x: area.x, y: area.y + 2, width: area.width, height: max(0, area.height - 2))
        buffer.draw(rule(columns, height: rows.height), in: area.line(0), glyphs: glyphs)
        drawTitles(columns, into: &buffer, y: area.y + 1)
        for (line, room) in rooms.rows.dropFirst(scroll).prefix(rows.height).enumerated() {
            draw(room, columns, into: &buffer, y: rows.y + line, glyphs)
            guard line + scroll == selectedRoom else { continue }
            buffer[0, rows.y + line] = Cell(glyphs.pointer, Style(.accent, bold: true))
            buffer.restyle(rows.line(line)) { $0.selected = true }
        }
    }

    private func rule(_ columns: RoomColumns, height: Int) -> Rule {
        let count = rooms.rows.count
        var notes: [SafeText] = []
        if columns.workers.count < rooms.workers.count {
            notes.append(FleetWords.workersShown(columns.workers.count, of: rooms.workers.count))
        }
        notes.append(count > height ? FleetWords.topRooms(height, of: count) : "\(count)")
        return Rule(FleetWords.roomsByWorker, notes: notes)
    }

    private func drawTitles(_ columns: RoomColumns, into buffer: inout CellBuffer, y: Int) {
        let style = Style(.header)
        buffer.put(FleetWords.room, x: TableLayout.margin, y: y, style: style)
        buffer.put(FleetWords.criticality, x: columns.classX, y: y, style: style)
        buffer.put(
            FleetWords.connections, endingAt: columns.connectionsX + RoomColumns.connectionsWidth, y: y, style: style)
        for worker in columns.workers {
            buffer.put(worker.title, endingAt: worker.x + RoomColumns.workerWidth, y: y, style: style)
        }
        buffer.put(FleetWords.skew, endingAt: columns.skewX + RoomColumns.skewWidth, y: y, style: style)
    }

    private func draw(
        _ room: RoomRow, _ columns: RoomColumns, into buffer: inout CellBuffer, y: Int, _ glyphs: Glyphs
    ) {
        if room.isUneven { buffer[1, y] = Cell("!", Style(.warning)) }
        buffer.put(
            SafeText(room.room), x: TableLayout.margin, y: y, width: columns.roomWidth, ellipsis: glyphs.ellipsis)
        buffer.put(
            room.criticality.word, x: columns.classX, y: y, style: Style(room.criticality == .critical ? .accent : .dim)
        )
        let total = Figures.grouped(room.total)
        buffer.put(
            room.isLowerBound ? ">" + total : total, endingAt: columns.connectionsX + RoomColumns.connectionsWidth, y: y
        )
        for column in columns.workers { draw(room, column, into: &buffer, y: y) }
        let skew = room.skew.map(Figures.signedPercent) ?? "?"
        let style = Style(room.isUneven ? .warning : .dim)
        buffer.put(skew, endingAt: columns.skewX + RoomColumns.skewWidth, y: y, style: style)
    }

    private func draw(_ room: RoomRow, _ column: RoomColumns.WorkerColumn, into buffer: inout CellBuffer, y: Int) {
        let right = column.x + RoomColumns.workerWidth
        guard let count = room.connections[column.worker] else {
            let mark = room.unknown.contains(column.worker) ? "?" : Figures.none
            buffer.put(mark, endingAt: right, y: y, style: Style(.dim))
            return
        }
        let style = Style(heat(of: count, in: room))
        buffer.fill(Rect(x: column.x, y: y, width: RoomColumns.workerWidth, height: 1), with: Cell(" ", style))
        buffer.put(
            count > 99_999 ? Figures.rate(Double(count)) : Figures.grouped(count), endingAt: right, y: y, style: style)
    }

    /// Cold up to the even part of the room, hot from half as much again, by how much a worker holds of it.
    private func heat(of count: Int, in room: RoomRow) -> ThemeRole {
        guard count > 0, room.even > 0 else { return .heat0 }
        switch Double(count) / room.even {
        case ..<0.5: return .heat0
        case ..<1.15: return .heat1
        case ..<1.5: return .heat2
        case ..<2: return .heat3
        case ..<3: return .heat4
        default: return .heat5
        }
    }
}

extension Criticality {
    /// The class in a column.
    var word: SafeText { ResilienceWords.shortCriticality(self) }
}
