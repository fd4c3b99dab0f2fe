import FleetModel

/// What a Redis is asked and what it moves over the network. Rates are Redis's own, over its last seconds; totals are
/// since its start.
package struct RedisTraffic: Sendable, Equatable, Codable {
    package var commandsPerSecond: Double
    package var commandsTotal: Int64
    package var inPerSecond: ByteCount
    package var outPerSecond: ByteCount
    package var inTotal: ByteCount
    package var outTotal: ByteCount
    /// Reads of a key that was there, and of one that was not.
    package var hitsTotal: Int64
    package var missesTotal: Int64
    /// Clients turned away because there were too many.
    package var rejectedTotal: Int64

    package init(
        commandsPerSecond: Double, commandsTotal: Int64, inPerSecond: ByteCount, outPerSecond: ByteCount,
        inTotal: ByteCount, outTotal: ByteCount, hitsTotal: Int64, missesTotal: Int64, rejectedTotal: Int64
    ) {
        self.commandsPerSecond = commandsPerSecond
        self.commandsTotal = commandsTotal
        self.inPerSecond = inPerSecond
        self.outPerSecond = outPerSecond
        self.inTotal = inTotal
        self.outTotal = outTotal
        self.hitsTotal = hitsTotal
        self.missesTotal = missesTotal
        self.rejectedTotal = rejectedTotal
    }

    private enum CodingKeys: String, CodingKey {
        case commandsPerSecond = "commands_per_second"
        case commandsTotal = "commands_total"
        case inPerSecond = "in_bytes_per_second"
        case outPerSecond = "out_bytes_per_second"
        case inTotal = "in_bytes_total"
        case outTotal = "out_bytes_total"
        case hitsTotal = "hits_total"
        case missesTotal = "misses_total"
        case rejectedTotal = "rejected_total"
    }
}
