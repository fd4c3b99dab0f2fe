import FleetModel

/// What clients may send and hold.
package struct ClientLimits: Sendable, Equatable, Codable {
    /// Bounds on what one client sends, as token buckets: so much a second, over `burst` seconds' worth at once.
    package struct Rates: Sendable, Equatable, Codable {
        package var messagesPerSecond: Int
        package var bytesPerSecond: Int
        /// Rooms joined and left.
        package var joinsPerSecond: Int
        /// Seconds of each rate that may be used at once.
        package var burst: Int

        package init(messagesPerSecond: Int, bytesPerSecond: Int, joinsPerSecond: Int, burst: Int) {
            self.messagesPerSecond = messagesPerSecond
            self.bytesPerSecond = bytesPerSecond
            self.joinsPerSecond = joinsPerSecond
            self.burst = burst
        }

        package static let standard = Rates(
            messagesPerSecond: 2_000, bytesPerSecond: 4 << 20, joinsPerSecond: 1_000, burst: 2)

        private enum CodingKeys: String, CodingKey {
            case burst
            case messagesPerSecond = "messages_per_second"
            case bytesPerSecond = "bytes_per_second"
            case joinsPerSecond = "joins_per_second"
        }
    }

    /// For clients with a role of that name, the first in the token's order that is listed; others get `standard`.
    package var roles: [String: Rates] = [:]
    package var standard = Rates.standard
    /// Of one message from a client, all fragments together.
    package var messageBytes: ByteCount = .kibibytes(256)
    package var roomsPerConnection = 256
    /// Values of `Origin` that browsers may come from; empty lets in every origin. A request without `Origin` is not
    /// from a browser and passes.
    package var origins: [String] = []
    /// Upgrades a second that this worker takes, over `connectBurst` at once; beyond is answered 503 with Retry-After.
    package var connectsPerSecond = 5_000
    package var connectBurst = 20_000
    /// From accepting a connection to the end of its handshake.
    @InSeconds package var handshakeTimeout: Duration = .seconds(10)
    /// After a token's end, for the client to send a fresh one before it is closed with 3005.
    @InSeconds package var expiryGrace: Duration = .seconds(25)

    package init() {}

    func admits(origin: String) -> Bool {
        origins.isEmpty || origins.contains { $0.lowercased() == origin.lowercased() }
    }

    func rates(for identity: Identity) -> Rates {
        guard !roles.isEmpty else { return standard }
        return identity.roles.lazy.compactMap { roles[$0] }.first ?? standard
    }

    private enum CodingKeys: String, CodingKey {
        case roles, standard, origins
        case messageBytes = "message_bytes"
        case roomsPerConnection = "rooms_per_connection"
        case connectsPerSecond = "connects_per_second"
        case connectBurst = "connect_burst"
        case handshakeTimeout = "handshake_timeout_seconds"
        case expiryGrace = "expiry_grace_seconds"
    }
}
