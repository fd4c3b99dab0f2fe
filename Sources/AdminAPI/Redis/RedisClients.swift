import FleetModel

/// Who is connected to a Redis, and what it holds for them.
package struct RedisClients: Sendable, Equatable, Codable {
    package var connected: Int
    /// They wait in a command such as BLPOP.
    package var blocked: Int
    /// `maxclients`: beyond, Redis turns clients away.
    package var maximum: Int
    /// With the most that Redis could not send them yet, largest first; at most `maximumListed`. Those for whom nothing
    /// waits are not listed.
    package var largest: [RedisClientInfo]

    package init(connected: Int, blocked: Int, maximum: Int, largest: [RedisClientInfo]) {
        self.connected = connected
        self.blocked = blocked
        self.maximum = maximum
        self.largest = largest
    }

    package static let maximumListed = 8
}

/// A client of a Redis, as `CLIENT LIST` has it.
package struct RedisClientInfo: Sendable, Equatable, Codable {
    package var id: Int64
    /// As it calls itself, such as `gadgate-gw1-w0`; may be empty.
    package var name: String
    package var address: String
    package var user: String
    @InSeconds package var age: Duration
    @InSeconds package var idle: Duration
    /// What waits to be sent to it.
    package var outputBytes: ByteCount
    /// Channels and patterns that it hears.
    package var subscriptions: Int
    /// What it asked last, such as `subscribe`.
    package var command: String

    package init(
        id: Int64, name: String, address: String, user: String, age: Duration, idle: Duration, outputBytes: ByteCount,
        subscriptions: Int, command: String
    ) {
        self.id = id
        self.name = name
        self.address = address
        self.user = user
        _age = InSeconds(wrappedValue: age)
        _idle = InSeconds(wrappedValue: idle)
        self.outputBytes = outputBytes
        self.subscriptions = subscriptions
        self.command = command
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, address, user, subscriptions, command
        case age = "age_seconds"
        case idle = "idle_seconds"
        case outputBytes = "output_bytes"
    }
}
