import Redis
import Testing

@Suite("Backoff")
struct BackoffTests {
    @Test("the longest possible wait doubles with each failure up to the cap")
    func ceilingDoubles() {
        var backoff = Backoff(base: .milliseconds(100), cap: .seconds(5))
        var highest = Highest()
        let waits = (0..<8).map { _ in backoff.next(using: &highest) }
        let expected: [Duration] = [100, 200, 400, 800, 1600, 3200, 5000, 5000].map { .milliseconds($0) }
        for (wait, ceiling) in zip(waits, expected) {
            #expect(ceiling - wait < .microseconds(1) && wait <= ceiling)
        }
    }

    @Test("a wait lies anywhere between zero and its ceiling")
    func fullJitter() {
        var random = SystemRandomNumberGenerator()
        let waits = (0..<1000).map { _ in
            var backoff = Backoff(base: .seconds(1), cap: .seconds(5))
            return backoff.next(using: &random)
        }
        #expect(waits.allSatisfy { (.zero...(.seconds(1))).contains($0) })
        #expect(waits.contains { $0 < .milliseconds(100) } && waits.contains { $0 > .milliseconds(900) })
    }

    @Test("a million failures still wait no longer than the cap")
    func noOverflow() {
        var backoff = Backoff(base: .milliseconds(100), cap: .seconds(5))
        var highest = Highest()
        for _ in 0..<1_000_000 { _ = backoff.next(using: &highest) }
        #expect(backoff.next(using: &highest) <= .seconds(5))
    }

    @Test("after a reset the first wait is short again")
    func reset() {
        var backoff = Backoff(base: .milliseconds(100), cap: .seconds(5))
        var highest = Highest()
        for _ in 0..<5 { _ = backoff.next(using: &highest) }
        backoff.reset()
        #expect(backoff.next(using: &highest) <= .milliseconds(100))
    }
}

/// Randomness that always draws the upper end.
struct Highest: RandomNumberGenerator {
    mutating func next() -> UInt64 { .max }
}
