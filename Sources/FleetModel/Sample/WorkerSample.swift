/// What one worker says of itself at one moment: gauges as they are, counters since its start.
///
/// Rates and percentiles are never in a sample: whoever reads two samples can make both, over any set of workers.
package struct WorkerSample: Sendable, Equatable {
    package var worker: WorkerID
    package var node: String
    package var version: String
    package var pid: Int32
    package var time: UnixTime
    package var startedAt: UnixTime
    package var state: WorkerState

    // Gauges.
    package var connections: Int
    package var rooms: Int
    /// The most populated rooms, largest first; at most `maximumTopRooms`.
    package var topRooms: [RoomCount]
    /// Connections by role, largest first; at most `maximumRoles`.
    package var roles: [RoleCount]
    /// The worst delay of an event loop since the sample before.
    @InSeconds package var loopLag: Duration
    /// Bytes accepted for clients and not yet taken by their sockets.
    package var queueBytes: ByteCount
    package var openFDs: Int
    package var maxFDs: Int
    package var memory: ByteCount
    /// The worst state of `breakers`.
    package var redisBreaker: BreakerState
    package var breakers: [BreakerReport]
    /// nil while the worker does all its work.
    package var degradation: DegradationReport?
    /// nil while clients come at their usual pace.
    package var storm: StormReport?
    /// Messages that wait for clients, by class.
    package var queueMessages: ByClass<UInt64>
    /// Of the last command that Redis answered; zero before the first.
    @InSeconds package var redisRoundTrip: Duration
    /// Since a message of the worker to itself last came back through Redis Pub/Sub.
    @InSeconds package var echoAge: Duration
    /// Host and port of the Redis that is used as primary; empty before the first connection.
    package var redisPrimary: String
    /// Why the worker is degraded, in words; nil when it is not.
    package var degraded: String?
    /// The drain under way or finished; nil when the worker is not drained.
    package var drain: DrainStatus?
    /// Connections that are being given to other workers, or were until a moment ago; else nil.
    package var shed: ShedStatus?

    // Counters since the worker's start.
    @InSeconds package var cpu: Duration
    package var connectionsTotal: UInt64
    package var reconnectsTotal: UInt64
    package var closes: [CloseCount]
    /// Closes that an operator or a deployment asked for; the rest of `closes` is unplanned.
    package var plannedClosesTotal: UInt64
    package var refusedTotal: UInt64
    package var authFailuresTotal: UInt64
    package var protocolErrorsTotal: UInt64
    package var heartbeatTimeoutsTotal: UInt64
    package var sendErrorsTotal: UInt64
    package var duplicatesSuppressedTotal: UInt64
    package var messagesIn: ByClass<UInt64>
    package var messagesOut: ByClass<UInt64>
    package var broadcasts: ByClass<UInt64>
    package var dropped: ByClass<UInt64>
    /// What `dropped` is made of; pairs that never occurred are left out.
    package var drops: [DropCount]
    /// Critical messages that clients acknowledged, one for each client.
    package var acksTotal: UInt64
    /// Resumes after which the client had everything, and those after which it may not.
    package var resumesRecoveredTotal: UInt64
    package var resumesFailedTotal: UInt64
    /// Messages of streams sent again to clients that resumed.
    package var replayedTotal: UInt64
    /// Messages of streams that Pub/Sub lost on the way here and that were read from the stream.
    package var repairedTotal: UInt64
    /// From publish to the write into the socket.
    package var latency: LatencyHistogram
    /// The part of `latency` that is of each class; nil from a worker of a version that does not tell.
    package var latencyByClass: LatencyByClass?

    package static let maximumTopRooms = 24
    package static let maximumRoles = 16

    /// A sample of a worker that has done nothing yet.
    package init(worker: WorkerID, node: String, version: String, pid: Int32, time: UnixTime, startedAt: UnixTime) {
        self.worker = worker
        self.node = node
        self.version = version
        self.pid = pid
        self.time = time
        self.startedAt = startedAt
        state = .starting
        connections = 0
        rooms = 0
        topRooms = []
        roles = []
        _loopLag = InSeconds(wrappedValue: .zero)
        queueBytes = .zero
        openFDs = 0
        maxFDs = 0
        memory = .zero
        redisBreaker = .closed
        breakers = []
        queueMessages = ByClass(repeating: 0)
        _redisRoundTrip = InSeconds(wrappedValue: .zero)
        _echoAge = InSeconds(wrappedValue: .zero)
        redisPrimary = ""
        _cpu = InSeconds(wrappedValue: .zero)
        connectionsTotal = 0
        reconnectsTotal = 0
        closes = []
        plannedClosesTotal = 0
        refusedTotal = 0
        authFailuresTotal = 0
        protocolErrorsTotal = 0
        heartbeatTimeoutsTotal = 0
        sendErrorsTotal = 0
        duplicatesSuppressedTotal = 0
        messagesIn = ByClass(repeating: 0)
        messagesOut = ByClass(repeating: 0)
        broadcasts = ByClass(repeating: 0)
        dropped = ByClass(repeating: 0)
        drops = []
        acksTotal = 0
        resumesRecoveredTotal = 0
        resumesFailedTotal = 0
        replayedTotal = 0
        repairedTotal = 0
        latency = LatencyHistogram()
    }

    package var closedTotal: UInt64 { closes.reduce(0) { $0 + $1.count } }
}

extension WorkerSample: Codable {
    private enum CodingKeys: String, CodingKey {
        case worker, node, version, pid, time, state, connections, rooms, roles, degraded, drain, shed, closes, dropped
        case latency, broadcasts, breakers, degradation, storm, drops
        case startedAt = "started_at"
        case topRooms = "top_rooms"
        case loopLag = "loop_lag_seconds"
        case queueBytes = "queue_bytes"
        case openFDs = "open_fds"
        case maxFDs = "max_fds"
        case memory = "memory_bytes"
        case redisBreaker = "redis_breaker"
        case queueMessages = "queue_messages"
        case redisRoundTrip = "redis_round_trip_seconds"
        case echoAge = "echo_age_seconds"
        case redisPrimary = "redis_primary"
        case acksTotal = "acks_total"
        case resumesRecoveredTotal = "resumes_recovered_total"
        case resumesFailedTotal = "resumes_failed_total"
        case replayedTotal = "replayed_total"
        case repairedTotal = "repaired_total"
        case cpu = "cpu_seconds_total"
        case connectionsTotal = "connections_total"
        case reconnectsTotal = "reconnects_total"
        case plannedClosesTotal = "planned_closes_total"
        case refusedTotal = "refused_total"
        case authFailuresTotal = "auth_failures_total"
        case protocolErrorsTotal = "protocol_errors_total"
        case heartbeatTimeoutsTotal = "heartbeat_timeouts_total"
        case sendErrorsTotal = "send_errors_total"
        case duplicatesSuppressedTotal = "duplicates_suppressed_total"
        case messagesIn = "messages_in_total"
        case messagesOut = "messages_out_total"
        case latencyByClass = "latency_by_class"
    }
}

package struct RoomCount: Sendable, Equatable, Codable {
    package var room: RoomName
    package var criticality: Criticality
    package var connections: Int

    package init(room: RoomName, criticality: Criticality, connections: Int) {
        self.room = room
        self.criticality = criticality
        self.connections = connections
    }

    private enum CodingKeys: String, CodingKey {
        case room, connections
        case criticality = "class"
    }
}

package struct RoleCount: Sendable, Equatable, Codable {
    package var role: String
    package var connections: Int

    package init(role: String, connections: Int) {
        self.role = role
        self.connections = connections
    }
}

/// How often connections ended with one WebSocket close code (RFC 6455, 7.4); 1006 where none was exchanged.
package struct CloseCount: Sendable, Equatable, Codable {
    package var code: UInt16
    package var count: UInt64

    package init(code: UInt16, count: UInt64) {
        self.code = code
        self.count = count
    }
}
