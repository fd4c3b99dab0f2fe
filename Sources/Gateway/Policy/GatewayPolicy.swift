import FleetModel

/// Everything about serving clients and operators that can change while the worker runs: SIGHUP brings another one.
///
/// It travels from the supervisor to its workers as JSON. Each loop holds its own copy and takes the next one between
/// two messages.
package struct GatewayPolicy: Sendable, Equatable, Codable {
    /// Which room is of which class.
    package var rules = CriticalityRules.standard
    package var classes = ClassPolicies()
    package var access = AccessRules()
    package var limits = ClientLimits()
    package var streams = StreamPolicy()
    package var queues = QueuePolicy()
    package var storms = StormPolicy()
    package var breakers = BreakerPolicy()
    package var degradation = DegradationPolicy()
    package var health = HealthPolicy()
    package var scale = ScalePolicy()
    package var admin = AdminPolicy()

    package init() {}

    package func policy(of room: RoomName) -> ClassPolicy { classes[rules.criticality(of: room)] }
}

/// How messages of one class are treated.
package struct ClassPolicy: Sendable, Equatable, Codable {
    /// What becomes of a message for a client whose queue is full.
    package enum DropPolicy: String, Sendable, Codable, CaseIterable {
        /// The oldest of the class makes room.
        case dropOldest = "drop_oldest"
        /// A waiting message with the same `data.coalesce_key`, or the same topic where that is not set, is taken out
        /// and the younger one waits at the end; without one of the kind, the oldest makes room in a full queue.
        case coalesce
        /// The client is closed with 3008, to come back and resume.
        case close
    }

    package enum Guarantee: String, Sendable, Codable, CaseIterable {
        /// At most once, over Pub/Sub.
        case pubsub
        /// Kept in a stream and replayed to clients that resume.
        case stream
    }

    /// A client with a room of this class that was silent this long is pinged; the most critical room decides.
    @InSeconds package var heartbeatInterval: Duration
    /// A pinged client that stays silent this long is closed with 3012.
    @InSeconds package var heartbeatTimeout: Duration
    /// Bytes and messages of this class that may wait for one client.
    package var queueBytes: ByteCount
    package var queueMessages: Int
    package var drop: DropPolicy
    /// Messages a second that are delivered in one room, over as many at once; nil is without bound. What is critical
    /// is never dropped for it.
    package var rate: Int?
    package var guarantee: Guarantee

    package init(
        heartbeatInterval: Duration, heartbeatTimeout: Duration, queueBytes: ByteCount, queueMessages: Int,
        drop: DropPolicy, rate: Int?, guarantee: Guarantee
    ) {
        _heartbeatInterval = InSeconds(wrappedValue: heartbeatInterval)
        _heartbeatTimeout = InSeconds(wrappedValue: heartbeatTimeout)
        self.queueBytes = queueBytes
        self.queueMessages = queueMessages
        self.drop = drop
        self.rate = rate
        self.guarantee = guarantee
    }

    private enum CodingKeys: String, CodingKey {
        case drop, rate, guarantee
        case heartbeatInterval = "heartbeat_interval_seconds"
        case heartbeatTimeout = "heartbeat_timeout_seconds"
        case queueBytes = "queue_bytes"
        case queueMessages = "queue_messages"
    }
}

/// A policy for each class.
package struct ClassPolicies: Sendable, Equatable, Codable {
    package var critical = ClassPolicy(
        heartbeatInterval: .seconds(15), heartbeatTimeout: .seconds(5), queueBytes: .mebibytes(4),
        queueMessages: 4_096, drop: .close, rate: nil, guarantee: .stream)
    package var important = ClassPolicy(
        heartbeatInterval: .seconds(30), heartbeatTimeout: .seconds(10), queueBytes: .mebibytes(1),
        queueMessages: 2_048, drop: .dropOldest, rate: nil, guarantee: .pubsub)
    package var bestEffort = ClassPolicy(
        heartbeatInterval: .seconds(30), heartbeatTimeout: .seconds(10), queueBytes: .mebibytes(1),
        queueMessages: 2_048, drop: .dropOldest, rate: nil, guarantee: .pubsub)

    package init() {}

    package subscript(_ criticality: Criticality) -> ClassPolicy {
        get {
            switch criticality {
            case .critical: critical
            case .important: important
            case .bestEffort: bestEffort
            }
        }
        set {
            switch criticality {
            case .critical: critical = newValue
            case .important: important = newValue
            case .bestEffort: bestEffort = newValue
            }
        }
    }

    private enum CodingKeys: String, CodingKey {
        case critical, important
        case bestEffort = "best_effort"
    }
}
