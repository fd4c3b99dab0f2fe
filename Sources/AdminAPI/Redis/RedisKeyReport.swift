import FleetModel

/// What is wanted to be known of the keys of a Redis.
package enum RedisKeyKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Those that take the most memory.
    case big
    /// Those that are used the most, as far as Redis knows.
    case hot
}

/// By what keys are compared.
package enum RedisKeyMeasure: String, Sendable, Hashable, Codable, CaseIterable {
    /// `MEMORY USAGE`, estimated from a few elements of each.
    case memory
    /// `OBJECT FREQ`: a logarithmic counter that decays; kept under the LFU policies only.
    case frequency
    /// `OBJECT IDLETIME`: least idle first. It says when a key was used last, not how often.
    case idle
}

/// `GET /v1/redis/keys`: the biggest or the hottest of the keys that were looked at.
package struct RedisKeyReport: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var at: UnixTime
    package var kind: RedisKeyKind
    package var measure: RedisKeyMeasure
    /// Why `kind` cannot be known and something near to it is told; nil where it is known.
    package var reservation: String?
    /// Keys that were looked at, of `keys` in all (`DBSIZE`).
    package var scanned: Int
    package var keys: Int
    /// All keys were looked at: none was bigger, or hotter.
    package var isComplete: Bool
    /// Whether it was the time and not the number of keys that ended it.
    package var ranOutOfTime: Bool
    @InSeconds package var took: Duration
    /// First the biggest, or the hottest.
    package var items: [RedisKeyInfo]

    package init(
        worker: WorkerID, at: UnixTime, kind: RedisKeyKind, measure: RedisKeyMeasure, reservation: String?,
        scanned: Int, keys: Int, isComplete: Bool, ranOutOfTime: Bool, took: Duration, items: [RedisKeyInfo]
    ) {
        self.worker = worker
        self.at = at
        self.kind = kind
        self.measure = measure
        self.reservation = reservation
        self.scanned = scanned
        self.keys = keys
        self.isComplete = isComplete
        self.ranOutOfTime = ranOutOfTime
        _took = InSeconds(wrappedValue: took)
        self.items = items
    }

    package static let standardLimit = 20
    package static let maximumLimit = 100

    private enum CodingKeys: String, CodingKey {
        case worker, at, kind, measure, reservation, scanned, keys, items
        case isComplete = "complete"
        case ranOutOfTime = "ran_out_of_time"
        case took = "took_seconds"
    }
}

/// A key of a Redis; it has the figure that the report's measure names.
package struct RedisKeyInfo: Sendable, Equatable, Codable {
    /// At most `maximumNameBytes` of UTF-8; a longer one ends in `…`.
    package var name: String
    /// Such as `stream`; empty where the key is gone already.
    package var type: String
    package var size: ByteCount?
    package var frequency: Int?
    package var idleSeconds: Double?

    package init(
        name: String, type: String, size: ByteCount? = nil, frequency: Int? = nil, idleSeconds: Double? = nil
    ) {
        self.name = name
        self.type = type
        self.size = size
        self.frequency = frequency
        self.idleSeconds = idleSeconds
    }

    package static let maximumNameBytes = 256

    private enum CodingKeys: String, CodingKey {
        case name, type, frequency
        case size = "size_bytes"
        case idleSeconds = "idle_seconds"
    }
}
