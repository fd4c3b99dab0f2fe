import Gateway

extension FileSection where Value == ScalePolicy {
    static let scale = FileSection([
        Field("connections", \.connections, .integer(1...1_000_000)),
        Field("churn_per_minute", \.churnPerMinute, .number(0.001...1)),
        Field("latency_p95", \.latencyP95, .time(.milliseconds(1)...(.seconds(60)))),
        Field("queue_share", \.queueShare, .number(0.01...1)),
        Field("loop_lag", \.loopLag, .time(.milliseconds(1)...(.seconds(60)))),
        Field("scale_in_below", \.scaleInBelow, .number(0.01...0.99)),
    ])
}
