/// How long to wait before the next try: exponential with full jitter, so that many clients cut off together come
/// back spread out.
///
/// Source: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
package struct Backoff: Sendable, Equatable {
    /// The longest first wait.
    package let base: Duration
    /// The longest wait ever.
    package let cap: Duration
    private var failures = 0

    package init(base: Duration = .milliseconds(100), cap: Duration = .seconds(5)) {
        self.base = base
        self.cap = cap
    }

    /// The wait after one more failure: anywhere between zero and `base` doubled for each failure before, at most
    /// `cap`.
    package mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        let ceiling = min(cap, base * (1 << min(failures, Self.maximumDoublings)))
        failures += 1
        return ceiling * Double.random(in: 0...1, using: &random)
    }

    package func capped(at cap: Duration) -> Backoff {
        Backoff(base: min(base, cap), cap: min(self.cap, cap))
    }

    /// Forgets the failures, once a try has proved good.
    package mutating func reset() {
        failures = 0
    }

    /// Keeps the doubling far from overflow; any cap is reached long before.
    private static let maximumDoublings = 20
}
