import FleetModel

/// `GET /v1/redis`: the Redis that a worker stands on, as the worker, the Sentinels and the primary itself see it.
package struct RedisReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    /// When it was put together, by the worker's clock; so are the times of `events`.
    package var at: UnixTime
    /// What the Sentinels call the primary; nil where there are none.
    package var master: String?
    /// As the primary says itself; nil when it does not answer.
    package var primary: RedisPrimary?
    /// Why it does not, in words.
    package var primaryFailure: String?
    package var replicas: [RedisReplica]
    package var sentinels: [SentinelReport]
    /// What the Sentinels announced while this worker listened, oldest first; at most `maximumEvents`.
    package var events: [SentinelEvent]
    /// The drills of the fleet until now; nil when Redis could not be asked.
    package var drills: DrillHistory?

    package init(
        worker: WorkerID, at: UnixTime, master: String?, primary: RedisPrimary?, primaryFailure: String?,
        replicas: [RedisReplica], sentinels: [SentinelReport], events: [SentinelEvent], drills: DrillHistory?
    ) {
        self.worker = worker
        self.at = at
        self.master = master
        self.primary = primary
        self.primaryFailure = primaryFailure
        self.replicas = replicas
        self.sentinels = sentinels
        self.events = events
        self.drills = drills
    }

    /// A failover makes a few dozen, told by each Sentinel.
    package static let maximumEvents = 256

    private enum CodingKeys: String, CodingKey {
        case worker, at, master, primary, replicas, sentinels, events, drills
        case primaryFailure = "primary_failure"
    }
}

/// The primary in its own words (`INFO`).
package struct RedisPrimary: Sendable, Equatable, Codable {
    /// `host:port`, as workers connect to it.
    package var address: String
    package var role: String
    package var version: String
    package var runID: String
    package var processID: Int32?
    @InSeconds package var uptime: Duration
    package var clients: Int
    package var usedMemory: ByteCount
    /// Bytes of its replication stream until now.
    package var offset: Int64

    package init(
        address: String, role: String, version: String, runID: String, processID: Int32?, uptime: Duration,
        clients: Int, usedMemory: ByteCount, offset: Int64
    ) {
        self.address = address
        self.role = role
        self.version = version
        self.runID = runID
        self.processID = processID
        _uptime = InSeconds(wrappedValue: uptime)
        self.clients = clients
        self.usedMemory = usedMemory
        self.offset = offset
    }

    private enum CodingKeys: String, CodingKey {
        case address, role, version, clients, offset
        case runID = "run_id"
        case processID = "process_id"
        case uptime = "uptime_seconds"
        case usedMemory = "used_memory_bytes"
    }
}

/// A replica, as the primary and a Sentinel see it.
package struct RedisReplica: Sendable, Equatable, Codable {
    package var address: String
    /// Its link to the primary works and is up to date.
    package var isOnline: Bool
    /// What the Sentinel says of it, such as `slave`, `s_down`, `disconnected`; empty where there is none.
    package var flags: [String]
    /// How far its replication is behind the primary's; nil when the primary does not know it.
    package var lagBytes: Int64?
    /// Since the primary heard of it.
    package var lagSeconds: Double?

    package init(address: String, isOnline: Bool, flags: [String], lagBytes: Int64?, lagSeconds: Double?) {
        self.address = address
        self.isOnline = isOnline
        self.flags = flags
        self.lagBytes = lagBytes
        self.lagSeconds = lagSeconds
    }

    /// A failover can promote it.
    package var isGood: Bool { isOnline && flags.allSatisfy { !Self.badFlags.contains($0) } }

    private static let badFlags: Set = ["s_down", "o_down", "disconnected"]

    private enum CodingKeys: String, CodingKey {
        case address, flags
        case isOnline = "online"
        case lagBytes = "lag_bytes"
        case lagSeconds = "lag_seconds"
    }
}

/// One Sentinel, asked by the worker.
package struct SentinelReport: Sendable, Equatable, Codable {
    package var address: String
    /// Why it does not answer; nil when it does. The rest says nothing then.
    package var failure: String?
    /// Whom it takes for the primary.
    package var primary: String
    package var quorum: Int
    /// Sentinels that it knows, itself included.
    package var known: Int
    /// Whether a quorum and a majority of the Sentinels can be reached, in its own words (`SENTINEL CKQUORUM`).
    package var hasQuorum: Bool
    package var quorumWords: String
    /// Of the primary, such as `master`, `s_down`, `o_down`, `failover_in_progress`.
    package var flags: [String]
    /// It distrusts its own clock and does nothing.
    package var tilt: Bool
    package var epoch: Int64
    /// After how long a silent server is taken for down.
    @InSeconds package var downAfter: Duration

    package init(
        address: String, failure: String? = nil, primary: String = "", quorum: Int = 0, known: Int = 0,
        hasQuorum: Bool = false, quorumWords: String = "", flags: [String] = [], tilt: Bool = false,
        epoch: Int64 = 0, downAfter: Duration = .zero
    ) {
        self.address = address
        self.failure = failure
        self.primary = primary
        self.quorum = quorum
        self.known = known
        self.hasQuorum = hasQuorum
        self.quorumWords = quorumWords
        self.flags = flags
        self.tilt = tilt
        self.epoch = epoch
        _downAfter = InSeconds(wrappedValue: downAfter)
    }

    package var isFailingOver: Bool { flags.contains("failover_in_progress") }

    private enum CodingKeys: String, CodingKey {
        case address, failure, primary, quorum, known, flags, tilt, epoch
        case hasQuorum = "has_quorum"
        case quorumWords = "quorum_words"
        case downAfter = "down_after_seconds"
    }
}

/// Something that a Sentinel announced.
package struct SentinelEvent: Sendable, Hashable, Codable {
    package var at: UnixTime
    /// Who announced it.
    package var sentinel: String
    /// Such as `+switch-master`.
    package var name: String
    /// What was said with it: which server, of which primary.
    package var words: String

    package init(at: UnixTime, sentinel: String, name: String, words: String) {
        self.at = at
        self.sentinel = sentinel
        self.name = name
        self.words = words
    }
}
