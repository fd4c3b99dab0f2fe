import Gateway

extension FileSection where Value == HealthPolicy {
    static let health = FileSection([
        Field("loop_lag", \.loopLag, .time(.milliseconds(1)...(.seconds(60)))),
        Field("queue_share", \.queueShare, .number(0.01...1)),
        Field("redis_round_trip", \.redisRoundTrip, .time(.milliseconds(1)...(.seconds(60)))),
        Field("echo_age", \.echoAge, .time(.seconds(2)...(.seconds(600)))),
    ])
}
