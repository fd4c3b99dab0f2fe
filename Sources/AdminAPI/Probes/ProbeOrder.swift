import FleetModel

/// The body of `POST /v1/probe`: begins numbered probe messages, renews their lease, or ends them.
package struct ProbeOrder: Sendable, Equatable, Codable {
    /// The operation that they are for; another one's probes are not touched.
    package var drill: String
    /// Messages a second on each of the two ways.
    package var ratePerSecond: Double
    /// From the first order until they end at the latest.
    @InSeconds package var duration: Duration
    /// Without another order for so long they end by themselves.
    @InSeconds package var lease: Duration
    /// A message that takes longer than the quickest of its sender by more than this is late.
    @InSeconds package var lateAfter: Duration
    /// Ends them.
    package var stop: Bool

    package init(
        drill: String, ratePerSecond: Double = Self.standardRate, duration: Duration,
        lease: Duration = Self.standardLease, lateAfter: Duration = Self.standardLateAfter, stop: Bool = false
    ) {
        self.drill = drill
        self.ratePerSecond = ratePerSecond
        _duration = InSeconds(wrappedValue: duration)
        _lease = InSeconds(wrappedValue: lease)
        _lateAfter = InSeconds(wrappedValue: lateAfter)
        self.stop = stop
    }

    /// A gap is known to 50 ms by one sender, and to 25 ms by two.
    package static let standardRate = 20.0
    /// Every worker receives from every worker: 100 from each of 100 workers are 10,000 a second.
    package static let maximumRate = 100.0
    /// A leader may take seconds for a turn while Redis is away: its news wait for answers.
    package static let standardLease: Duration = .seconds(15)
    package static let longestLease: Duration = .seconds(30)
    package static let longestDuration: Duration = .seconds(900)
    /// What a person notices.
    package static let standardLateAfter: Duration = .milliseconds(500)

    private enum CodingKeys: String, CodingKey {
        case drill, stop
        case ratePerSecond = "rate_per_second"
        case duration = "duration_seconds"
        case lease = "lease_seconds"
        case lateAfter = "late_after_seconds"
    }
}

/// The ways that probe messages take.
package enum ProbeLane: String, Sendable, Codable, CaseIterable {
    /// Pub/Sub: at most once.
    case pubsub
    /// A critical room's stream: exactly once.
    case stream
}
