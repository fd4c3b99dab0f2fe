import NIOCore

/// Lets so many through a second, over so many at once; a pure value, full at first.
struct TokenBucket {
    private var tokens = Double.infinity
    private var refilledAt = NIODeadline.uptimeNanoseconds(0)

    /// - Returns: false when there is nothing left for now.
    mutating func take(at now: NIODeadline, rate: Int, burst: Int) -> Bool {
        take(at: now, rate: Double(rate), burst: Double(burst))
    }

    /// The same for rates that are no whole number.
    mutating func take(at now: NIODeadline, rate: Double, burst: Double) -> Bool {
        let passed = Double(max(0, (now - refilledAt).nanoseconds)) / 1e9
        tokens = min(max(1, burst), tokens + passed * rate)
        refilledAt = max(now, refilledAt)
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
