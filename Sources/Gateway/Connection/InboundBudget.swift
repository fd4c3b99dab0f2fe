import NIOCore

/// Bounds how many messages a client sends: a token bucket, refilled as time passes.
struct InboundBudget {
    private var tokens: Float
    private var refilledAt: NIODeadline

    init(burst: Int, at now: NIODeadline) {
        tokens = Float(burst)
        refilledAt = now
    }

    /// - Returns: false when the client sent more than it may.
    mutating func spend(_ cost: Int = 1, at now: NIODeadline, rate: Int, burst: Int) -> Bool {
        let passed = Float((now - refilledAt).nanoseconds) / 1e9
        tokens = min(Float(burst), tokens + passed * Float(rate))
        refilledAt = now
        guard tokens >= Float(cost) else { return false }
        tokens -= Float(cost)
        return true
    }
}
