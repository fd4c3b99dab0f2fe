import AdminAPI
import Console
import FleetModel

extension ScriptedConsole {
    /// Every worker answers a question that the console has asked.
    mutating func answer(_ query: FleetQuery, _ reply: (WorkerID) -> Result<FleetReply, AdminError>) {
        let parts = workers.map { FleetAnswer.Part($0.id, reply($0.id)) }
        _ = model.update(.answers([FleetAnswer(query, at: model.now, parts: parts)]))
    }

    /// A throttle's preview, as a worker with the standard classes gives it.
    mutating func answerPreview(of text: String, rooms: [String: Int]) throws {
        guard let pattern = RoomPattern(text) else { return }
        let counts = Dictionary(
            uniqueKeysWithValues: rooms.compactMap { name, count in RoomName(name).map { ($0, count) } })
        answer(.throttlePreview(pattern)) {
            .success(.throttlePreview(ThrottlePreview(of: pattern, worker: $0, rooms: counts, .standard)))
        }
    }

    /// How many connections each worker has of those that are asked for, and the first of them.
    mutating func answerConnections(_ query: ConnectionQuery, total: Int, first: ConnectionInfo? = nil) {
        answer(.connections(query)) { _ in
            .success(.connections(Page(items: first.map { [$0] } ?? [], total: total, nextCursor: nil)))
        }
    }
}

extension ConnectionInfo {
    static let scripted = ConnectionInfo(
        connectionID: "2f1c0f6e-9d3b-4a0e-8a52-0d6c1f6f7a11", userID: "ana", role: "LEVEL_2",
        remoteAddress: "10.0.0.7:50312", connectedAt: ScriptedWorker.time(-180), lastHeardAt: ScriptedWorker.time(0),
        rooms: [RoomName("ops:field:north")].compactMap { $0 }, queueBytes: .kibibytes(3))
}

extension RedisReport {
    /// A primary with two good replicas and three Sentinels.
    static func scripted(lagBytes: Int64 = 0) -> RedisReport {
        RedisReport(
            worker: WorkerID("gw1-w0"), at: ScriptedWorker.time(12), master: "mymaster",
            primary: RedisPrimary(
                address: "10.0.0.4:6379", role: "master", version: "7.0.15", runID: "r", processID: 812,
                uptime: .seconds(86_400), clients: 12, usedMemory: .mebibytes(40), offset: 4_711),
            primaryFailure: nil,
            replicas: ["10.0.0.5:6379", "10.0.0.6:6379"].map {
                RedisReplica(address: $0, isOnline: true, flags: ["slave"], lagBytes: lagBytes, lagSeconds: 0)
            },
            sentinels: (1...3).map {
                SentinelReport(
                    address: "10.0.0.\($0):26379", primary: "10.0.0.4:6379", quorum: 2, known: 3, hasQuorum: true,
                    quorumWords: "OK", flags: ["master"], downAfter: .seconds(5))
            }, events: [], drills: DrillHistory())
    }
}

extension AccessReport {
    /// What a worker says of somebody with this role.
    static func of(_ role: AccessRole) -> AccessReport {
        AccessReport(
            worker: WorkerID("gw1-w0"), identity: "mperez", origin: "unix:pid 812", granted: role, effective: role)
    }
}
