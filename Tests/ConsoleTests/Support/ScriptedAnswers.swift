import AdminAPI
import Console
import FleetModel

/// Answers to what the console asks of workers, as a fleet with these rooms and connections would give them.
struct ScriptedAnswers {
    var rooms: [WorkerID: [RoomInfo]] = [:]
    var connections: [WorkerID: [ConnectionInfo]] = [:]
    /// Workers that do not answer.
    var failing: [WorkerID: AdminError] = [:]

    func answer(_ query: FleetQuery, of workers: [WorkerID], at time: UnixTime) -> FleetAnswer {
        FleetAnswer(
            query, at: time,
            parts: workers.map { worker in
                FleetAnswer.Part(
                    worker,
                    failing[worker].map { .failure($0) } ?? reply(to: query, worker).map { .success($0) }
                        ?? .failure(AdminError(.notFound, "the script does not know that")))
            })
    }

    private func reply(to query: FleetQuery, _ worker: WorkerID) -> FleetReply? {
        switch query {
        case .rooms(let query): .rooms(page(query, rooms[worker] ?? []))
        case .connections(let query): .connections(page(query, connections[worker] ?? []))
        default: nil
        }
    }

    private func page(_ query: RoomQuery, _ all: [RoomInfo]) -> Page<RoomInfo> {
        let meant = all.filter { query.pattern?.matches($0.room) ?? true }.sorted { $0.room < $1.room }
        let rest = meant.filter { room in query.after.map { $0 < room.room } ?? true }
        let items = Array(rest.prefix(query.limit))
        return Page(
            items: items, total: meant.count, nextCursor: items.count < rest.count ? items.last?.room.rawValue : nil)
    }

    /// The cursor is the place in the list.
    private func page(_ query: ConnectionQuery, _ all: [ConnectionInfo]) -> Page<ConnectionInfo> {
        let meant = all.filter { info in
            (query.room.map { info.rooms.contains($0) } ?? true) && (query.user.map { info.userID == $0 } ?? true)
                && (query.role.map { info.role == $0 } ?? true)
                && (query.connection.map { info.connectionID == $0 } ?? true)
        }.sorted { Self.place($0, query.order) < Self.place($1, query.order) }
        let start = query.cursor.flatMap { Int($0.split(separator: "@")[0]) } ?? 0
        let end = min(meant.count, start + query.limit)
        let cursor = end < meant.count ? "\(end)@\(meant[start].connectionID)" : nil
        return Page(items: Array(meant[min(start, end)..<end]), total: meant.count, nextCursor: cursor)
    }

    private static func place(_ info: ConnectionInfo, _ order: ConnectionQuery.Order) -> Int64 {
        switch order {
        case .connected, .id: info.connectedAt.microseconds
        case .queue: -info.queueBytes.bytes
        case .heard: info.lastHeardAt.microseconds
        }
    }
}

extension ScriptedConsole {
    /// Gives what was asked, and what is asked because of that, for as long as something is.
    mutating func answer(_ effects: [ConsoleEffect], from answers: ScriptedAnswers) {
        var effects = effects
        while !effects.isEmpty {
            let told = effects.compactMap { effect in
                if case .fetch(let query, let workers) = effect {
                    answers.answer(query, of: workers, at: ScriptedWorker.time(second))
                } else {
                    nil
                }
            }
            effects = told.isEmpty ? [] : model.update(.answers(told))
        }
    }

    /// Seconds in which every question is answered at once.
    mutating func run(seconds: Int = 1, answering answers: ScriptedAnswers) {
        for _ in 0..<seconds {
            run()
            answer(effects, from: answers)
        }
    }

    /// What is asked of workers.
    static func queries(_ effects: [ConsoleEffect]) -> [FleetQuery] {
        effects.compactMap { if case .fetch(let query, _) = $0 { query } else { nil } }
    }
}

// MARK: - A fleet with lists

extension ScriptedAnswers {
    static let workers = ["gw1-w0", "gw1-w1", "gw1-w2", "gw1-w3"].map { WorkerID($0) }

    /// On each of four workers the large rooms and so many small ones, and a few clients.
    static func ofFour(smallRooms: Int = 250, clients: Int = 30) -> ScriptedAnswers {
        var answers = ScriptedAnswers()
        for (index, worker) in workers.enumerated() {
            let small = (0..<smallRooms).map { ("ops:unit:\(10_000 + $0)", 3 + ($0 + index) % 5) }
            let large = [
                ("gov:alerts:critical", [3_770, 3_741, 8_912, 3_761][index]),
                ("ops:field:north", [412, 398, 4_790, 420][index]), ("citizen:notifications", 1_255 + index * 11),
            ]
            answers.rooms[worker] = (large + small).compactMap { info($0.0, $0.1) }
            answers.connections[worker] = (0..<clients).map { client($0, of: index) }
        }
        return answers
    }

    private static func info(_ room: String, _ connections: Int) -> RoomInfo? {
        RoomName(room).map {
            RoomInfo(
                room: $0, criticality: CriticalityRules.standard.criticality(of: $0), connections: connections)
        }
    }

    static func client(_ index: Int, of worker: Int) -> ConnectionInfo {
        let age = 7_200 - index * 60 - worker * 7
        let heardBefore = (index * 7 + worker) % 25
        let names = ["gov:alerts:critical", "ops:field:north", "citizen:region:\(index % 12)"].prefix(1 + index % 3)
        return ConnectionInfo(
            connectionID: "c\(worker)-\(1_000 + index)", userID: "u\(4_700 + index)",
            role: index % 5 == 0 ? "operator" : "citizen", remoteAddress: "10.1.\(worker).\(index % 250):51234",
            connectedAt: ScriptedWorker.time(-age), lastHeardAt: ScriptedWorker.time(-heardBefore),
            rooms: names.compactMap { RoomName($0) }, queueBytes: ByteCount(Int64(index % 4 == 0 ? index * 1_024 : 0)),
            queueMessages: index % 4 == 0 ? index : 0, heartbeat: heartbeat(index))
    }

    private static func heartbeat(_ index: Int) -> ConnectionHeartbeat {
        switch index % 6 {
        case 0: ConnectionHeartbeat(dueAt: ScriptedWorker.time(20), stalledSince: ScriptedWorker.time(-9))
        case 1: ConnectionHeartbeat(dueAt: ScriptedWorker.time(20), pingedAt: ScriptedWorker.time(1))
        default: ConnectionHeartbeat(dueAt: ScriptedWorker.time(25 + index % 5))
        }
    }
}
