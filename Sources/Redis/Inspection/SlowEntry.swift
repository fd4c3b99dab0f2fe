/// A line of `SLOWLOG GET`. Source: redis.io, "SLOWLOG GET".
package struct SlowEntry: Sendable, Equatable {
    /// Since 1970, by the clock of Redis.
    package var seconds: Int64
    package var duration: Duration
    package var arguments: [String]
    package var client: String
    package var clientName: String

    /// - Returns: nil for what is no such line.
    init?(_ reply: RESPValue) {
        guard let fields = reply.array, fields.count >= 4, let seconds = fields[1].integer,
            let duration = fields[2].integer, let arguments = fields[3].array
        else { return nil }
        self.seconds = seconds
        self.duration = .microseconds(duration)
        self.arguments = arguments.compactMap(\.text)
        // Redis before 4.0 does not tell.
        client = fields.count > 4 ? fields[4].text ?? "" : ""
        clientName = fields.count > 5 ? fields[5].text ?? "" : ""
    }
}
