import AdminAPI
import AdminClient
import FleetModel

/// The rooms of a fleet, merged over its workers and printed.
struct RoomListing {
    struct Room: Equatable {
        let name: RoomName
        /// As the workers have it: their rules decide.
        let criticality: Criticality
        var connections: [WorkerID: Int] = [:]

        var total: Int { connections.values.reduce(0, +) }
    }

    /// Largest first, then by name.
    let rooms: [Room]
    /// Workers that answered, in the order of their names.
    let workers: [WorkerID]
    let failures: [AdminFailure]

    init(_ answers: [(WorkerID, Result<[RoomInfo], AdminFailure>)]) {
        var (merged, answered, failed): ([RoomName: Room], [WorkerID], [AdminFailure]) = ([:], [], [])
        for (worker, answer) in answers {
            switch answer {
            case .success(let rooms):
                answered.append(worker)
                for info in rooms {
                    merged[info.room, default: Room(name: info.room, criticality: info.criticality)].connections[
                        worker] = info.connections
                }
            case .failure(let failure): failed.append(failure)
            }
        }
        rooms = merged.values.sorted { ($1.total, $0.name) < ($0.total, $1.name) }
        (workers, failures) = (answered, failed)
    }

    func text(as format: OutputFormat, limit: Int) -> String {
        let shown = rooms.prefix(limit)
        return switch format {
        case .table: table(shown, wide: false)
        case .wide: table(shown, wide: true)
        case .json: OutputRecord.json(shown.map(record))
        case .csv: OutputRecord.csv(shown.map(record), columns: ["room", "class", "connections", "skew"])
        }
    }

    private func table(_ shown: ArraySlice<Room>, wide: Bool) -> String {
        let heads: [TextTable.Column] = [.init("ROOM", .left), .init("CLASS", .left), .init("CONNS"), .init("SKEW")]
        var table = TextTable(heads + (wide ? workers.map { .init(SafeText($0)) } : []))
        table.rows = shown.map { row($0, wide: wide) }
        let rest = rooms.count - shown.count
        return table.text + (rest > 0 ? "\n… \(rest) more rooms; --limit 0 prints all" : "")
    }

    private func row(_ room: Room, wide: Bool) -> [SafeText] {
        let skew = skew(of: room)
        let cells: [SafeText] = [
            SafeText(room.name), SafeText(room.criticality.rawValue), Figures.exact(room.total),
            Figures.signedPercent(skew),
        ]
        return cells + (wide ? workers.map { Figures.exact(room.connections[$0] ?? 0) } : [])
    }

    private func record(_ room: Room) -> OutputRecord {
        let byWorker = workers.map { ($0.rawValue, OutputValue.integer(room.connections[$0] ?? 0)) }
        return OutputRecord(fields: [
            ("room", .text(SafeText(room.name))),
            ("class", .text(SafeText(room.criticality.rawValue))),
            ("connections", .integer(room.total)),
            ("skew", .number(skew(of: room))),
            ("workers", .record(OutputRecord(fields: byWorker))),
        ])
    }

    /// How far the fullest worker lies above the mean; 0.77 for 77%.
    private func skew(of room: Room) -> Double {
        guard room.total > 0 else { return 0 }
        return Double(room.connections.values.max() ?? 0) * Double(workers.count) / Double(room.total) - 1
    }
}
