import FleetModel

/// What a Redis holds in memory, and what it does when that is full.
package struct RedisMemory: Sendable, Equatable, Codable {
    package var used: ByteCount
    /// The most that it ever used since its start.
    package var peak: ByteCount
    /// As the operating system counts.
    package var resident: ByteCount
    /// `maxmemory`; nil where there is no bound.
    package var maximum: ByteCount?
    /// `resident` by `used`: over 1.5 is much, below 1 means that it is swapped out.
    package var fragmentation: Double
    /// `maxmemory-policy`, such as `noeviction`.
    package var policy: String
    /// Keys thrown out because the memory was full.
    package var evictedTotal: Int64
    /// Keys that reached their time.
    package var expiredTotal: Int64

    package init(
        used: ByteCount, peak: ByteCount, resident: ByteCount, maximum: ByteCount?, fragmentation: Double,
        policy: String, evictedTotal: Int64, expiredTotal: Int64
    ) {
        self.used = used
        self.peak = peak
        self.resident = resident
        self.maximum = maximum
        self.fragmentation = fragmentation
        self.policy = policy
        self.evictedTotal = evictedTotal
        self.expiredTotal = expiredTotal
    }

    private enum CodingKeys: String, CodingKey {
        case fragmentation, policy
        case used = "used_bytes"
        case peak = "peak_bytes"
        case resident = "resident_bytes"
        case maximum = "maximum_bytes"
        case evictedTotal = "evicted_total"
        case expiredTotal = "expired_total"
    }
}
