import FleetModel

/// How rooms with the guarantee of a stream are kept and replayed.
package struct StreamPolicy: Sendable, Equatable, Codable {
    /// Entries a stream keeps at least; Redis trims in whole nodes and may keep some more.
    package var maximumLength = 10_000
    /// A stream that nobody publishes to disappears after this long.
    @InSeconds package var retention: Duration = .seconds(7 * 86_400)
    /// A message id is remembered this long, so that publishing it again publishes nothing.
    @InSeconds package var idempotencyWindow: Duration = .seconds(3_600)
    /// Messages of one replay; a client that missed more is told that it was not recovered.
    package var maximumReplay = 300
    /// How often the position of live rooms is checked against the top of their streams.
    @InSeconds package var checkInterval: Duration = .seconds(2)
    /// Replicas that must have a message before its publisher is told that it is published; 0 asks none.
    package var replicas = 0
    /// How long those replicas may take.
    @InSeconds package var replicaTimeout: Duration = .milliseconds(1_000)

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case replicas
        case maximumLength = "maximum_length"
        case retention = "retention_seconds"
        case idempotencyWindow = "idempotency_window_seconds"
        case maximumReplay = "maximum_replay"
        case checkInterval = "check_interval_seconds"
        case replicaTimeout = "replica_timeout_seconds"
    }
}

/// Bounds on what waits in a worker, over all its clients.
package struct QueuePolicy: Sendable, Equatable, Codable {
    /// Bytes that wait for all clients of the worker together. Best effort may take up 80% of it and important 90%, so
    /// that there is room for what is critical; over it best effort is dropped, then important, and a client that
    /// misses something critical is closed with 3008.
    package var workerBytes: ByteCount = .mebibytes(256)
    /// Bytes of less critical messages that arrived from Redis and wait for their turn.
    package var intakeBytes: ByteCount = .mebibytes(64)

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case workerBytes = "worker_bytes"
        case intakeBytes = "intake_bytes"
    }
}

/// When connects count as a storm, and how it is damped.
package struct StormPolicy: Sendable, Equatable, Codable {
    /// A storm is this many times the baseline …
    package var factor = 5.0
    /// … and at least this many connects a second.
    package var minimumPerSecond = 50.0
    /// The time over which the baseline is averaged.
    @InSeconds package var baselineWindow: Duration = .seconds(300)
    /// It ends when the rate was under half its threshold for this long.
    @InSeconds package var calmAfter: Duration = .seconds(10)
    /// During a storm, clients that are sent away are told to come back within this time.
    @InSeconds package var spread: Duration = .seconds(30)

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case factor
        case minimumPerSecond = "minimum_per_second"
        case baselineWindow = "baseline_window_seconds"
        case calmAfter = "calm_after_seconds"
        case spread = "spread_seconds"
    }
}

/// When the calls that a breaker guards are refused, and when they are tried again.
package struct BreakerPolicy: Sendable, Equatable, Codable {
    /// Failures within `window` that open it, when they are also at least `failureShare` of all calls there.
    package var failures = 5
    package var failureShare = 0.5
    @InSeconds package var window: Duration = .seconds(10)
    /// How long it stays open before a trial.
    @InSeconds package var openFor: Duration = .seconds(2)
    /// Each further opening without a success in between doubles the wait, up to this.
    @InSeconds package var longestOpen: Duration = .seconds(30)
    /// Trials that must succeed in a row to close it.
    package var trials = 2

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case failures, window, trials
        case failureShare = "failure_share"
        case openFor = "open_for_seconds"
        case longestOpen = "longest_open_seconds"
    }
}

/// When a worker leaves less critical work undone; every level up is entered after `enterAfter` over its threshold,
/// and left after `leaveAfter` under `leaveShare` of it.
package struct DegradationPolicy: Sendable, Equatable, Codable {
    /// Worst delay of an event loop at which best effort is sampled, is shed, and important is shed too.
    package var loopLag = Steps(first: 0.1, second: 0.3, third: 1.0)
    /// Part of the worker's queue bound in use, likewise.
    package var queueShare = Steps(first: 0.5, second: 0.75, third: 0.9)
    /// While degraded by sampling, one in so many best-effort messages is delivered.
    package var sampling = 4
    @InSeconds package var enterAfter: Duration = .milliseconds(500)
    @InSeconds package var leaveAfter: Duration = .seconds(5)
    package var leaveShare = 0.5

    package struct Steps: Sendable, Equatable, Codable {
        /// Seconds of lag, or a part of 1.
        package var first: Double
        package var second: Double
        package var third: Double

        package init(first: Double, second: Double, third: Double) {
            self.first = first
            self.second = second
            self.third = third
        }
    }

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case sampling
        case loopLag = "loop_lag_seconds"
        case queueShare = "queue_share"
        case enterAfter = "enter_after_seconds"
        case leaveAfter = "leave_after_seconds"
        case leaveShare = "leave_share"
    }
}
