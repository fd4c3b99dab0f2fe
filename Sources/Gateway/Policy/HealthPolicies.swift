import FleetModel

/// Bounds beyond which a worker says that it is not well.
package struct HealthPolicy: Sendable, Equatable, Codable {
    /// A loop that is this late misses the blueprint's 500 ms for a message's p95 on its own.
    @InSeconds package var loopLag: Duration = .milliseconds(500)
    /// Part of the worker's queue bound in use.
    package var queueShare = 0.9
    /// From a publication to Redis' reply.
    @InSeconds package var redisRoundTrip: Duration = .milliseconds(500)
    /// Since the sending of the last token that came back through Redis; they go out every second.
    @InSeconds package var echoAge: Duration = .seconds(5)

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case loopLag = "loop_lag_seconds"
        case queueShare = "queue_share"
        case redisRoundTrip = "redis_round_trip_seconds"
        case echoAge = "echo_age_seconds"
    }
}

/// What one worker should have to do; beyond it more workers are wanted, far below it fewer.
///
/// Source of the standard values: the blueprint, tables 11 and 15.
package struct ScalePolicy: Sendable, Equatable, Codable {
    package var connections = 5_000
    /// Part of the connections that end within a minute without being asked to.
    package var churnPerMinute = 0.05
    /// The 95th percentile of the last minute, from publish to the write into the socket.
    @InSeconds package var latencyP95: Duration = .milliseconds(500)
    package var queueShare = 0.5
    @InSeconds package var loopLag: Duration = .milliseconds(100)
    /// Fewer workers will do when every figure is under this part of its bound.
    package var scaleInBelow = 0.5

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case connections
        case churnPerMinute = "churn_per_minute"
        case latencyP95 = "latency_p95_seconds"
        case queueShare = "queue_share"
        case loopLag = "loop_lag_seconds"
        case scaleInBelow = "scale_in_below"
    }
}
