/// What a drain may take, the same to those who plan it and to the worker that carries it out.
///
/// The deadline has two halves. In the first, clients that heed the announcement leave by themselves, and a margin lets
/// the last of them finish. In the second, those that stayed are closed.
package enum DrainLimits {
    /// What an operator gets who names neither rate nor deadline to a worker.
    package static let standardDeadline: Duration = .seconds(60)
    /// A drain that takes longer than a day is a mistyped rate.
    package static let longestDeadline: Duration = .seconds(86_400)
    /// More closes a second than this stall a loop (swift-nio#894), and no worker holds so many connections.
    package static let highestRate = 100_000.0
    /// How long the last client that was told to leave has for doing it.
    package static let standardMargin: Duration = .seconds(2)

    package static func allows(ratePerSecond rate: Double) -> Bool { rate > 0 && rate <= highestRate }
    package static func allows(deadline: Duration) -> Bool { deadline > .zero && deadline <= longestDeadline }

    /// How long a drain takes whose rate alone is given.
    /// - Returns: nil where that is longer than `longestDeadline`.
    package static func deadline(connections: Int, ratePerSecond rate: Double) -> Duration? {
        let seconds = 2 * (Double(max(connections, 0)) / rate + standardMargin.inSeconds)
        return seconds <= longestDeadline.inSeconds ? .seconds(seconds) : nil
    }

    /// Whether the closing half of the deadline suffices.
    package static func canClose(_ connections: Int, ratePerSecond rate: Double, within deadline: Duration) -> Bool {
        Double(max(connections, 0)) <= rate * deadline.inSeconds / 2
    }

    /// The least whole rate that closes so many within a deadline.
    package static func rate(closing connections: Int, within deadline: Duration) -> Int {
        let rate = (2 * Double(connections) / deadline.inSeconds).rounded(.up)
        return rate < 1e15 ? Int(rate) : .max
    }
}
