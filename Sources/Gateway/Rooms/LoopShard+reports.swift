import AdminAPI
import FleetModel
import NIOCore

/// What one loop says of itself when asked.
struct ShardReport: Sendable {
    var connections: Int
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
            connections: connectionCount, roles: roles,
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

    private var roles: [String: Int] {
        var counts: [String: Int] = [:]
        for group in groups.values {
            if case .role(let role) = group.channel { counts[role] = group.members.count }
        }
        return counts
    }

    func info(_ connection: Connection, _ steady: NIODeadline, _ wall: UnixTime) -> ConnectionInfo {
        ConnectionInfo(
            connectionID: connection.id.description, userID: connection.identity.userID,
            role: connection.identity.roles.first, remoteAddress: connection.remoteAddress,
            connectedAt: connection.connectedAt,
            lastHeardAt: wall.advanced(by: Duration(connection.liveness.lastHeard - steady)),
            rooms: connection.memberships.compactMap(\.group.room).sorted(),
            queueBytes: ByteCount(Int64(connection.waitingBytes)),
            queueMessages: connection.backlog?.backlog.count ?? 0,
            heartbeat: heartbeatReport(of: connection, steady, wall))
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
