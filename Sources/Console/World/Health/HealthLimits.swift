/// Where a figure stops being fine. The blueprint's own figures are cited by table.
package enum HealthLimits {
    /// The 95th percentile above which users are hurt (T11, T16).
    package static let p95: Duration = .milliseconds(500)
    /// The 99th percentile may reach this before anybody is told: one message in a hundred is late.
    package static let p99: Duration = .milliseconds(500)
    /// Percentiles of fewer messages than this say more about chance than about the worker.
    package static let leastMessages: UInt64 = 50
    /// Unplanned closes a minute, as a part of the connections (T11).
    package static let churn = 0.05
    /// Churn at which a storm is under way: every client is back within five minutes.
    package static let churnStorm = 0.20
    /// A closed connection among very few is no churn.
    package static let leastConnections = 100
    /// A worker is hot above this multiple of the mean of the active workers.
    package static let hotRatio = 1.5
    /// The part of the descriptor limit in use at which growth must be planned, and at which clients are refused soon.
    package static let fds = 0.80
    package static let fdsExhausted = 0.95
    /// An event loop this late delays every message of its worker.
    package static let loopLag: Duration = .milliseconds(100)
    package static let loopStall: Duration = .seconds(1)
    /// Failed sends as a part of the messages out (T11).
    package static let errors = 0.01
    /// Since a worker last heard itself through Redis Pub/Sub: it asks every second, so that this is no accident, and
    /// from the second limit on clients must be taken to miss what is published.
    package static let echoAge: Duration = .seconds(5)
    package static let echoSilence: Duration = .seconds(30)
    /// Redis is to answer any command within this; it is also the gateway's own bound.
    package static let redisRoundTrip: Duration = .milliseconds(500)
    /// A room is uneven when its fullest worker holds this much more than the mean.
    package static let roomSkew = 0.5
}
