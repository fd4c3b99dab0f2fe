import FleetModel
import Telemetry

extension WorkerSample {
    /// Puts together what the data plane, the drain and the kernel say.
    init(
        _ facts: WorkerFacts, time: UnixTime, snapshot: DataPlaneSnapshot, vitals: WorkerVitals, state: WorkerState,
        drain: DrainStatus?, process: ProcessStatistics
    ) {
        self.init(
            worker: facts.worker, node: facts.node, version: Version.current, pid: facts.pid, time: time,
            startedAt: facts.startedAt)
        self.state = state
        self.drain = drain
        openFDs = process.openFDs
        maxFDs = process.maxFDs
        memory = process.memory
        cpu = process.cpu
        takeGauges(snapshot)
        takeVitals(vitals)
        takeCounters(snapshot)
    }

    private mutating func takeGauges(_ snapshot: DataPlaneSnapshot) {
        connections = snapshot.connections
        rooms = snapshot.rooms
        topRooms = snapshot.topRooms
        roles = snapshot.roles
        loopLag = snapshot.loopLag
        queueBytes = snapshot.queueBytes
        degraded = snapshot.backplane.degraded
        queueMessages = snapshot.queueMessages
        storm = snapshot.storm
    }

    private mutating func takeVitals(_ vitals: WorkerVitals) {
        breakers = vitals.breakers
        redisBreaker = vitals.breakers.map(\.state).max { $0.severity < $1.severity } ?? .closed
        degradation = vitals.degradation
        redisPrimary = vitals.redis.primary
        redisRoundTrip = vitals.redis.roundTrip
        echoAge = vitals.redis.echoAge
    }

    private mutating func takeCounters(_ snapshot: DataPlaneSnapshot) {
        connectionsTotal = snapshot.connectionsTotal
        reconnectsTotal = snapshot.reconnectsTotal
        closes = snapshot.closes
        plannedClosesTotal = snapshot.plannedClosesTotal
        refusedTotal = snapshot.refusedTotal
        authFailuresTotal = snapshot.authFailuresTotal
        protocolErrorsTotal = snapshot.protocolErrorsTotal
        heartbeatTimeoutsTotal = snapshot.heartbeatTimeoutsTotal
        sendErrorsTotal = snapshot.sendErrors.total
        duplicatesSuppressedTotal = snapshot.duplicatesSuppressedTotal
        messagesIn = snapshot.messagesIn
        messagesOut = snapshot.messagesOut
        broadcasts = snapshot.broadcasts
        dropped = snapshot.dropped
        drops = snapshot.drops
        acksTotal = snapshot.acksTotal
        resumesRecoveredTotal = snapshot.resumesRecoveredTotal
        resumesFailedTotal = snapshot.resumesFailedTotal
        replayedTotal = snapshot.replayedTotal
        repairedTotal = snapshot.repairedTotal
        latency = snapshot.latency.merged
        latencyByClass = LatencyByClass(critical: snapshot.latency.critical, important: snapshot.latency.important)
    }
}

extension ByClass where Value == LatencyHistogram {
    var merged: LatencyHistogram {
        var all = critical
        all.merge(important)
        all.merge(bestEffort)
        return all
    }
}

extension BreakerState {
    /// 0 closed, 1 half open, 2 open; for thresholds in alerts.
    var severity: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}
