import Gateway
import Redis

extension FileSection where Value == StreamPolicy {
    static let streams = FileSection(
        [
            Field("maximum_length", \.maximumLength, .integer(100...10_000_000)),
            Field("retention", \.retention, .time(.seconds(60)...(.seconds(90 * 86_400)))),
            Field("idempotency_window", \.idempotencyWindow, .time(.seconds(1)...(.seconds(7 * 86_400)))),
            Field("maximum_replay", \.maximumReplay, .integer(1...10_000)),
            Field("check_interval", \.checkInterval, .time(.milliseconds(100)...(.seconds(60)))),
            Field("replicas", \.replicas, .integer(0...16)),
            Field("replica_timeout", \.replicaTimeout, .time(.milliseconds(10)...longestReplicaTimeout)),
        ], check: checkReplay)

    /// Half of how long a connection to Redis may be silent: a longer wait would be taken for a hung Redis.
    private static let longestReplicaTimeout = RedisTimeouts().reply / 2

    @Sendable private static func checkReplay(_ policy: StreamPolicy, _ file: FileValue) throws {
        guard policy.maximumReplay > policy.maximumLength else { return }
        throw file.refusal(
            at: "maximum_replay",
            words: "\(policy.maximumReplay) are more than the \(policy.maximumLength) that maximum_length keeps")
    }
}
