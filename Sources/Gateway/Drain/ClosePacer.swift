import FleetModel

/// Spreads closes evenly from its start to a deadline, never faster than a rate, with gaps of random length.
///
/// Time earns credit, closes spend it. The pace is what brings the rest to zero at the deadline, so that nothing is
/// left for its last moment; after the deadline the rate goes on.
struct ClosePacer: Sendable {
    var ratePerSecond: Double
    private var earned = 0.0
    /// Credit that the next close waits for: from 0.5 to 1.5, so that gaps vary and their mean is the pace's.
    private var threshold = 1.0
    private var lastTime: UnixTime

    init(ratePerSecond: Double, now: UnixTime) {
        self.ratePerSecond = ratePerSecond
        lastTime = now
    }

    /// - Returns: how many to close now.
    mutating func take(remaining: Int, deadline: UnixTime, now: UnixTime, jitter: Double) -> Int {
        earn(remaining: remaining, deadline: deadline, now: now)
        guard earned >= threshold else { return 0 }
        let count = min(remaining, max(1, Int(earned)))
        earned -= Double(count)
        threshold = 0.5 + jitter
        return count
    }

    /// Nothing was to be closed until now: that time earns nothing.
    mutating func rest(at now: UnixTime) {
        earned = 0
        lastTime = now
    }

    private mutating func earn(remaining: Int, deadline: UnixTime, now: UnixTime) {
        let passed = lastTime.duration(to: now).inSeconds
        guard passed > 0 else { return }
        let left = lastTime.duration(to: deadline).inSeconds
        let needed = left > 0 ? Double(remaining) / left : ratePerSecond
        // A driver that was held up must not make up for it with a burst.
        earned += min(needed, ratePerSecond) * min(passed, Self.longestStep)
        lastTime = now
    }

    private static let longestStep = 1.0
}
