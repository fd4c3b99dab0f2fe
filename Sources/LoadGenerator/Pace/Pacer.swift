/// Turns a rate into whole things to do at each tick, carrying the fraction over, so that the rate is met on average
/// whatever the tick.
package struct Pacer: Sendable {
    /// Things a second.
    package let rate: Double
    private var credit: Double
    private var last: UInt64?

    package init(rate: Double) {
        self.rate = rate
        credit = 0
    }

    /// How many things are due at `now`, in nanoseconds of a steady clock.
    ///
    /// After a stall at most `burstLimit` worth of credit is kept: load that was not offered in time is not offered
    /// later in one lump.
    package mutating func due(at now: UInt64) -> Int {
        defer { last = now }
        guard let last, now > last else {
            credit = max(credit, last == nil ? 1 : 0)
            return take()
        }
        credit = min(credit + rate * Double(now - last) / 1e9, max(1, rate * Self.burstLimit))
        return take()
    }

    private mutating func take() -> Int {
        let whole = credit.rounded(.down)
        credit -= whole
        return Int(whole)
    }

    /// Seconds of the rate that may be made up for after a stall.
    private static let burstLimit = 0.25
}
