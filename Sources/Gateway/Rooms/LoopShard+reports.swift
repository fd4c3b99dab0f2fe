import AdminAPI
import FleetModel
import NIOCore

/// What one loop says of itself when asked.
struct ShardReport: Sendable {
    var connections: Int
    var rooms: [RoomName: Int]
    var roles: [String: Int]
    var queueBytes: ByteCount
    var queueMessages = ByClass<UInt64>(repeating: 0)
    var lag: Duration
    var counters: ShardCounters
}

extension LoopShard {
    /// Resets the measured lag.
    func report() -> ShardReport {
        counters.lastHeartbeat = lastHeard.map { wallClock().advanced(by: Duration($0 - .now())) }
        return ShardReport(
            connections: connectionCount, rooms: rooms(prefix: ""), roles: roles,
            queueBytes: ByteCount(connections.reduce(Int64(intake.bytes)) { $0 + Int64($1?.waitingBytes ?? 0) }),
            queueMessages: queueMessages, lag: takeLag(), counters: counters)
    }

    private var queueMessages: ByClass<UInt64> {
        var sums = ByClass<UInt64>(repeating: 0)
        for case let backlog? in connections.lazy.map({ $0?.backlog?.backlog }) {
            for criticality in Criticality.allCases { sums[criticality] += UInt64(backlog.count(criticality)) }
        }
        return sums
    }

    func rooms(prefix: String) -> [RoomName: Int] {
        var counts: [RoomName: Int] = [:]
        for group in groups.values {
            guard let room = group.room, room.rawValue.hasPrefix(prefix) else { continue }
            counts[room] = group.members.count
        }
        return counts
    }

    /// The connections selected, by id after `position`, at most `limit`; and how many there are of them in all.
    func connections(
        _ selector: ConnectionSelector, after position: RandomID?, limit: Int
    ) -> (items: [ConnectionInfo], total: Int) {
        let selected = self.selected(selector)
        let rest = position.map { position in selected.filter { position < $0.id } } ?? selected
        let page = rest.sorted { $0.id < $1.id }.prefix(max(0, limit))
        let now = (steady: NIODeadline.now(), wall: wallClock())
        return (page.map { info($0, now.steady, now.wall) }, selected.count)
    }

    private var roles: [String: Int] {
        var counts: [String: Int] = [:]
        for group in groups.values {
            if case .role(let role) = group.channel { counts[role] = group.members.count }
        }
        return counts
    }

    private func selected(_ selector: ConnectionSelector) -> [Connection] {
        switch selector {
        case .all: connections.compactMap { $0 }
        case .room(let room): Array(groups[.room(room)]?.members ?? [])
        case .user(let user): Array(groups[.user(user)]?.members ?? [])
        case .role(let role): Array(groups[.role(role)]?.members ?? [])
        case .connection(let id): connection(id).map { [$0] } ?? []
        }
    }

    func info(_ connection: Connection, _ steady: NIODeadline, _ wall: UnixTime) -> ConnectionInfo {
        ConnectionInfo(
            connectionID: connection.id.description, userID: connection.identity.userID,
            role: connection.identity.roles.first, remoteAddress: connection.remoteAddress,
            connectedAt: connection.connectedAt,
            lastHeardAt: wall.advanced(by: Duration(connection.liveness.lastHeard - steady)),
            rooms: connection.memberships.compactMap(\.group.room).sorted(),
            queueBytes: ByteCount(Int64(connection.waitingBytes)))
    }
}

extension Connection {
    fileprivate var remoteAddress: String {
        guard let address = context?.remoteAddress, let host = address.ipAddress, let port = address.port else {
            return "unknown"
        }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
