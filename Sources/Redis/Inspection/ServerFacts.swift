/// What the primary says of itself, each part for itself.
package struct ServerFacts: Sendable {
    package typealias Part<Value> = Result<Value, InspectionFailure>

    /// The fields of `INFO`.
    package var info: Part<[String: String]>
    /// The fields of each line of `CLIENT LIST`.
    package var clients: Part<[[String: String]]>
    /// Channels and how many hear them.
    package var channels: Part<[String: Int]>
    package var slowlog: Part<[SlowEntry]>
    /// Its streams with their lengths and last ids.
    package var streams: Part<KeyFinding>

    /// Nothing, and why.
    package init(_ failure: InspectionFailure) {
        info = .failure(failure)
        clients = .failure(failure)
        channels = .failure(failure)
        slowlog = .failure(failure)
        streams = .failure(failure)
    }
}

/// What is asked of the primary, and how much of it at most.
package struct ServerQuestion: Sendable {
    package var slowCommands: Int
    package var streams: KeySearch
    /// Channels that are asked for in any case.
    package var channels: [String]

    package init(slowCommands: Int, streams: KeySearch, channels: [String]) {
        self.slowCommands = slowCommands
        self.streams = streams
        self.channels = channels
    }

    /// Beyond, their list alone would be a megabyte and some milliseconds of Redis's time.
    package static let maximumClients = 2_000
    package static let maximumChannels = 4_096
}
