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

    /// What an operator gets who names neither rate nor deadline.
    package static let standardDeadline: Duration = .seconds(60)
    /// A drain that takes longer than a day is a mistyped rate.
    package static let longestDeadline: Duration = .seconds(86_400)
    /// More closes a second than this stall a loop (swift-nio#894), and no worker holds so many connections.
    package static let highestRate = 100_000.0
    /// How long the last client that was told to leave has for doing it.
    static let standardMargin: Duration = .seconds(2)

    /// - Throws: `DrainRefusal` when the rate and the deadline cannot both hold.
    package init(connections: Int, ratePerSecond: Double?, deadline: Duration?) throws(DrainRefusal) {
        try Self.check(ratePerSecond: ratePerSecond, deadline: deadline)
        let count = Double(max(connections, 0))
        self.deadline = try Self.deadline(for: count, ratePerSecond: ratePerSecond, given: deadline)
        let margin = min(Self.standardMargin, self.deadline / 10)
        let longestSpread = (self.deadline / 2 - margin).inSeconds
        let rate = ratePerSecond ?? Self.rate(for: count, within: longestSpread)
        let window = self.deadline.inSeconds / 2
        guard count <= rate * window else {
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
        for count: Double, ratePerSecond: Double?, given: Duration?
    ) throws(DrainRefusal) -> Duration {
        if let given { return given }
        guard let ratePerSecond else { return standardDeadline }
        let seconds = 2 * (count / ratePerSecond + standardMargin.inSeconds)
        guard seconds <= longestDeadline.inSeconds else {
            throw .tooSlow(connections: Int(count), ratePerSecond: ratePerSecond)
        }
        return .seconds(seconds)
    }

    private static func check(ratePerSecond: Double?, deadline: Duration?) throws(DrainRefusal) {
        if let ratePerSecond, !(ratePerSecond > 0 && ratePerSecond <= highestRate) { throw .invalidRate }
        if let deadline, !(deadline > .zero && deadline <= longestDeadline) { throw .invalidDeadline }
    }
}
