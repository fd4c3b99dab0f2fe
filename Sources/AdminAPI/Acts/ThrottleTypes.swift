import FleetModel

/// The body of `POST /v1/throttles`: holds the messages of matching rooms to a rate, in the whole fleet.
package struct ThrottleOrder: Sendable, Equatable, Codable {
    package var pattern: RoomPattern
    package var ratePerSecond: Double
    /// From now until it ends by itself; `ThrottleLimits.standardTime` where left out.
    package var forSeconds: Double?
    /// Critical rooms are held to it too; only an admin may ask for that.
    package var overrideCritical: Bool?
    package var reason: String?

    package init(
        pattern: RoomPattern, ratePerSecond: Double, forSeconds: Double? = nil, overrideCritical: Bool? = nil,
        reason: String? = nil
    ) {
        self.pattern = pattern
        self.ratePerSecond = ratePerSecond
        self.forSeconds = forSeconds
        self.overrideCritical = overrideCritical
        self.reason = reason
    }

    private enum CodingKeys: String, CodingKey {
        case pattern, reason
        case ratePerSecond = "rate_per_second"
        case forSeconds = "for_seconds"
        case overrideCritical = "override_critical"
    }
}

/// The body of `POST /v1/throttles/clear`.
package struct ThrottleClearOrder: Sendable, Equatable, Codable {
    package var pattern: RoomPattern
    package var reason: String?

    package init(pattern: RoomPattern, reason: String? = nil) {
        self.pattern = pattern
        self.reason = reason
    }
}

/// What a throttle may be.
package enum ThrottleLimits {
    /// Messages a second. Slower than one in a hundred seconds is a room that is closed, and the fastest worker does
    /// not come near the other end.
    package static let rates = 0.01...1_000_000
    package static let standardTime: Duration = .seconds(600)
    /// A throttle that is meant for longer is a class's rate in the configuration.
    package static let longestTime: Duration = .seconds(86_400)
    /// At once in a fleet: each is looked at for each message of a room that it names.
    package static let maximumNumber = 32
}

/// A throttle as the fleet keeps it.
package struct ThrottleRule: Sendable, Equatable, Codable {
    package var pattern: RoomPattern
    /// Of the whole fleet.
    package var ratePerSecond: Double
    package var overridesCritical: Bool
    package var setBy: String
    package var reason: String?
    package var setAt: UnixTime
    package var expiresAt: UnixTime

    package init(
        pattern: RoomPattern, ratePerSecond: Double, overridesCritical: Bool, setBy: String, reason: String?,
        setAt: UnixTime, expiresAt: UnixTime
    ) {
        self.pattern = pattern
        self.ratePerSecond = ratePerSecond
        self.overridesCritical = overridesCritical
        self.setBy = setBy
        self.reason = reason
        self.setAt = setAt
        self.expiresAt = expiresAt
    }

    private enum CodingKeys: String, CodingKey {
        case pattern, reason
        case ratePerSecond = "rate_per_second"
        case overridesCritical = "overrides_critical"
        case setBy = "set_by"
        case setAt = "set_at"
        case expiresAt = "expires_at"
    }
}

/// `GET /v1/throttles`: what holds in the fleet, and what this worker did for it.
package struct ThrottleList: Sendable, Equatable, Codable {
    package struct Item: Sendable, Equatable, Codable {
        package var rule: ThrottleRule
        /// Messages a second that this worker's clients may publish.
        package var sharePerSecond: Double
        /// Messages that passed this worker, since it keeps to the throttle: published here, and brought by Redis.
        package var passed: UInt64
        /// Publications of this worker's clients that were refused.
        package var hitsPublished: UInt64
        /// Messages from Redis that this worker did not deliver.
        package var hitsDelivered: UInt64

        package init(
            rule: ThrottleRule, sharePerSecond: Double, passed: UInt64, hitsPublished: UInt64, hitsDelivered: UInt64
        ) {
            self.rule = rule
            self.sharePerSecond = sharePerSecond
            self.passed = passed
            self.hitsPublished = hitsPublished
            self.hitsDelivered = hitsDelivered
        }

        package var hits: UInt64 { hitsPublished + hitsDelivered }

        private enum CodingKeys: String, CodingKey {
            case rule, passed
            case sharePerSecond = "share_per_second"
            case hitsPublished = "hits_published"
            case hitsDelivered = "hits_delivered"
        }
    }

    package var worker: WorkerID
    /// By the worker's clock, as the times of the rules are; left out by workers before 0.2.
    package var at: UnixTime?
    /// Among how many workers the rates are split.
    package var workers: Int
    package var items: [Item]

    package init(worker: WorkerID, at: UnixTime?, workers: Int, items: [Item]) {
        self.worker = worker
        self.at = at
        self.workers = workers
        self.items = items
    }
}

/// `GET /v1/throttles/preview`: what a pattern names on this worker.
package struct ThrottlePreview: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var pattern: RoomPattern
    /// Rooms with clients here.
    package var rooms: Int
    /// Places in those rooms: a client in two of them counts twice.
    @BoundedCount package var connections: Int
    /// Critical ones among the rooms, at most `maximumNames` of them by name.
    package var criticalRooms: [RoomName]
    package var criticalRoomCount: Int
    /// Prefixes of critical rooms that the pattern reaches, whether there are such rooms or not.
    package var criticalPrefixes: [String]
    /// Every room that it can ever name is critical.
    package var isCriticalOnly: Bool
    /// The class of the one room that the pattern names, whether anybody is in it or not; nil for a pattern of many.
    package var criticality: Criticality?

    package static let maximumNames = 10

    package init(
        worker: WorkerID, pattern: RoomPattern, rooms: Int, connections: Int, criticalRooms: [RoomName],
        criticalRoomCount: Int, criticalPrefixes: [String], isCriticalOnly: Bool, criticality: Criticality? = nil
    ) {
        self.worker = worker
        self.pattern = pattern
        self.rooms = rooms
        self.connections = connections
        self.criticalRooms = criticalRooms
        self.criticalRoomCount = criticalRoomCount
        self.criticalPrefixes = criticalPrefixes
        self.isCriticalOnly = isCriticalOnly
        self.criticality = criticality
    }

    /// Whether only an admin may throttle it.
    package var needsOverride: Bool { isCriticalOnly || criticalRoomCount > 0 }

    private enum CodingKeys: String, CodingKey {
        case worker, pattern, rooms, connections
        case criticalRooms = "critical_rooms"
        case criticalRoomCount = "critical_room_count"
        case criticalPrefixes = "critical_prefixes"
        case isCriticalOnly = "is_critical_only"
        case criticality = "class"
    }
}

extension ThrottlePreview {
    /// - Parameter rooms: of the worker, all of them or those that the pattern names.
    package init(
        of pattern: RoomPattern, worker: WorkerID, rooms: [RoomName: Int], _ rules: CriticalityRules
    ) {
        let named = rooms.filter { pattern.matches($0.key) }
        let critical = named.keys.filter { rules.criticality(of: $0) == .critical }.sorted()
        let prefixes = rules.criticalPrefixes(within: pattern)
        let only = pattern.room.map { rules.criticality(of: $0) }
        self.init(
            worker: worker, pattern: pattern, rooms: named.count, connections: named.values.reduce(0, +),
            criticalRooms: Array(critical.prefix(Self.maximumNames)), criticalRoomCount: critical.count,
            criticalPrefixes: prefixes,
            isCriticalOnly: only.map { $0 == .critical } ?? prefixes.contains { pattern.isWithin(prefix: $0) },
            criticality: only)
    }
}
