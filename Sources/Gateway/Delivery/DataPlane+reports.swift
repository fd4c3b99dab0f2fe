import AdminAPI
import FleetModel
import NIOCore
import WebSocket

extension DataPlane {
    /// What the worker's serving side is and did. The loop lag is the worst since the call before.
    package func snapshot() async -> DataPlaneSnapshot {
        var snapshot = DataPlaneSnapshot()
        var counters = ShardCounters()
        let rooms = await roomCounts()
        var roles: [String: Int] = [:]
        for report in await onEachShard({ $0.report() }) {
            counters.merge(report.counters)
            roles.merge(report.roles, uniquingKeysWith: +)
            snapshot.connections += report.connections
            snapshot.queueBytes = snapshot.queueBytes + report.queueBytes
            for criticality in Criticality.allCases {
                snapshot.queueMessages[criticality] += report.queueMessages[criticality]
            }
            snapshot.loopLag = max(snapshot.loopLag, report.lag)
        }
        snapshot.rooms = rooms.count
        snapshot.topRooms = RoomSize.largest(WorkerSample.maximumTopRooms, of: rooms).map {
            RoomCount(
                room: $0.room, criticality: rules.criticality(of: $0.room), connections: $0.connections)
        }
        snapshot.otherRoomConnections =
            rooms.values.reduce(0, +) - snapshot.topRooms.reduce(0) { $0 + $1.connections }
        snapshot.roles = Self.sorted(roles).prefix(WorkerSample.maximumRoles).map { $0 }
        if let report = await exchange.report() { snapshot.take(report) }
        snapshot.take(counters)
        takeWatch(into: &snapshot)
        return snapshot
    }

    /// What can be seen without asking the loops, which may be too busy to answer. The loop lag is the worst since the
    /// call before; `snapshot` has one of its own.
    package func pulse() -> HealthMonitor.Pulse {
        let now = NIODeadline.now()
        let lag = shards.map { $0.pulse.takeLag(at: now) }.max() ?? .zero
        return HealthMonitor.Pulse(
            loopLag: Duration(lag), queueBytes: ByteCount(Int64(load.bytes)),
            intakeBytes: ByteCount(Int64(load.intakeBytes)))
    }

    /// The one that holds now; before the start, that of the configuration.
    package var policy: GatewayPolicy { services?.policy ?? configuration.policy }
    private var rules: CriticalityRules { policy.rules }

    private static func sorted(_ roles: [String: Int]) -> [RoleCount] {
        roles.map { RoleCount(role: $0.key, connections: $0.value) }
            .sorted { ($1.connections, $0.role) < ($0.connections, $1.role) }
    }
}

extension DataPlaneSnapshot {
    fileprivate mutating func take(_ report: ExchangeReport) {
        backplane = report.state
        broadcasts = report.broadcasts
        malformedTotal = report.malformed
        repairedTotal = report.repaired
    }

    fileprivate mutating func take(_ counters: ShardCounters) {
        connectionsTotal = counters.connectionsTotal
        reconnectsTotal = counters.reconnectsTotal
        closes = counters.closes.sorted { $0.key < $1.key }.map { CloseCount(code: $0.key, count: $0.value) }
        plannedClosesTotal = counters.plannedCloses.total
        plannedCloses = counters.plannedCloses
        refusedTotal = counters.refused + counters.refusedByRate
        refusedByRateTotal = counters.refusedByRate
        refusedByOriginTotal = counters.refusedByOrigin
        tlsFailuresTotal = counters.tlsFailures
        authFailuresTotal = counters.authFailures
        protocolErrorsTotal = counters.protocolErrors
        heartbeatTimeoutsTotal = counters.heartbeatTimeouts
        sendErrors = counters.sendErrors
        duplicatesSuppressedTotal = counters.duplicatesSuppressed
        messagesIn = counters.messagesIn
        messagesOut = counters.messagesOut
        dropped = counters.drops.sums
        drops = counters.drops.list
        latency = counters.latency
        authLatency = counters.authLatency
        cleanup = counters.cleanup
        lastHeartbeat = counters.lastHeartbeat
        acksTotal = counters.acks
        resumesRecoveredTotal = counters.resumesRecovered
        resumesFailedTotal = counters.resumesFailed
        replayedTotal = counters.replayed
        ignoredAcksTotal = counters.ignoredAcks
    }
}
