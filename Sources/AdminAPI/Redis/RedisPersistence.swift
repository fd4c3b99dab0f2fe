import FleetModel

/// How a Redis keeps its data on disk.
package struct RedisPersistence: Sendable, Equatable, Codable {
    /// It reads its data after a start and answers little until then.
    package var isLoading: Bool
    package var snapshot: Snapshot
    package var log: Log

    /// RDB: the whole, now and then.
    package struct Snapshot: Sendable, Equatable, Codable {
        package var isRunning: Bool
        /// nil where there was none since the start.
        package var lastAt: UnixTime?
        package var lastSucceeded: Bool
        /// That it would not survive now.
        package var changesSince: Int64

        package init(isRunning: Bool, lastAt: UnixTime?, lastSucceeded: Bool, changesSince: Int64) {
            self.isRunning = isRunning
            self.lastAt = lastAt
            self.lastSucceeded = lastSucceeded
            self.changesSince = changesSince
        }

        private enum CodingKeys: String, CodingKey {
            case isRunning = "running"
            case lastAt = "last_at"
            case lastSucceeded = "last_succeeded"
            case changesSince = "changes_since"
        }
    }

    /// AOF: every change, as it comes.
    package struct Log: Sendable, Equatable, Codable {
        package var isEnabled: Bool
        package var isRewriting: Bool
        package var lastWriteSucceeded: Bool
        package var lastRewriteSucceeded: Bool
        /// nil where it is not enabled.
        package var size: ByteCount?

        package init(
            isEnabled: Bool, isRewriting: Bool, lastWriteSucceeded: Bool, lastRewriteSucceeded: Bool, size: ByteCount?
        ) {
            self.isEnabled = isEnabled
            self.isRewriting = isRewriting
            self.lastWriteSucceeded = lastWriteSucceeded
            self.lastRewriteSucceeded = lastRewriteSucceeded
            self.size = size
        }

        private enum CodingKeys: String, CodingKey {
            case isEnabled = "enabled"
            case isRewriting = "rewriting"
            case lastWriteSucceeded = "last_write_succeeded"
            case lastRewriteSucceeded = "last_rewrite_succeeded"
            case size = "size_bytes"
        }
    }

    package init(isLoading: Bool, snapshot: Snapshot, log: Log) {
        self.isLoading = isLoading
        self.snapshot = snapshot
        self.log = log
    }

    private enum CodingKeys: String, CodingKey {
        case snapshot, log
        case isLoading = "loading"
    }
}
