import FleetModel

/// When the steps of one drain happen, made from what was asked for and from how many connections there are.
///
/// The deadline has two halves. In the first, clients that heed the announcement leave by themselves within `spread`,
/// and a margin lets the last of them finish. In the second, those that stayed are closed.
package struct DrainSchedule: Sendable, Equatable {
    /// The time over which clients are told to leave.
    package let spread: Duration
    /// From the announcement until the first close.
    package let grace: Duration
    /// From the start until no connection is left.
    package let deadline: Duration
    /// Closes a second that are never exceeded.
    package let ratePerSecond: Double

    /// - Throws: `DrainRefusal` when the rate and the deadline cannot both hold.
    package init(connections: Int, ratePerSecond: Double?, deadline: Duration?) throws(DrainRefusal) {
        try Self.check(ratePerSecond: ratePerSecond, deadline: deadline)
        let count = Double(max(connections, 0))
        self.deadline = try Self.deadline(for: connections, ratePerSecond: ratePerSecond, given: deadline)
        let margin = min(DrainLimits.standardMargin, self.deadline / 10)
        let longestSpread = (self.deadline / 2 - margin).inSeconds
        let rate = ratePerSecond ?? Self.rate(for: count, within: longestSpread)
        guard DrainLimits.canClose(connections, ratePerSecond: rate, within: self.deadline) else {
            throw .unreachable(connections: connections, ratePerSecond: rate, deadline: self.deadline)
        }
        self.ratePerSecond = rate
        spread = .seconds(min(count / rate, longestSpread))
        grace = spread + margin
    }

    /// A computed rate of less would make a worker with one connection wait for no reason.
    private static let lowestComputedRate = 1.0

    /// Rounded up to a hundredth, for it is read by people.
    private static func rate(for count: Double, within seconds: Double) -> Double {
        max((count / seconds * 100).rounded(.up) / 100, lowestComputedRate)
    }

    private static func deadline(
        for connections: Int, ratePerSecond: Double?, given: Duration?
    ) throws(DrainRefusal) -> Duration {
        if let given { return given }
        guard let ratePerSecond else { return DrainLimits.standardDeadline }
        guard let deadline = DrainLimits.deadline(connections: connections, ratePerSecond: ratePerSecond) else {
            throw .tooSlow(connections: connections, ratePerSecond: ratePerSecond)
        }
        return deadline
    }

    private static func check(ratePerSecond: Double?, deadline: Duration?) throws(DrainRefusal) {
        if let ratePerSecond, !DrainLimits.allows(ratePerSecond: ratePerSecond) { throw .invalidRate }
        if let deadline, !DrainLimits.allows(deadline: deadline) { throw .invalidDeadline }
    }
}
