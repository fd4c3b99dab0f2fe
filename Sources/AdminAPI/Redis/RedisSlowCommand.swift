import FleetModel

/// A command that a Redis found slow (`SLOWLOG`).
package struct RedisSlowCommand: Sendable, Equatable, Codable {
    /// By the clock of Redis, in whole seconds.
    package var at: UnixTime
    /// Of its execution, without waits.
    @InSeconds package var duration: Duration
    /// With its arguments, at most `maximumTextBytes` of UTF-8; a longer one ends in `…`.
    package var text: String
    /// Address of who sent it.
    package var client: String
    /// As the client calls itself; may be empty.
    package var clientName: String

    package init(at: UnixTime, duration: Duration, text: String, client: String, clientName: String) {
        self.at = at
        _duration = InSeconds(wrappedValue: duration)
        self.text = text
        self.client = client
        self.clientName = clientName
    }

    package static let maximumTextBytes = 128

    private enum CodingKeys: String, CodingKey {
        case at, text, client
        case duration = "duration_seconds"
        case clientName = "client_name"
    }
}
