import FleetModel

/// What came of taking the connections of many clients at once.
package struct StormTally: Sendable, Codable, Equatable {
    package private(set) var dropped = 0
    package private(set) var returned = 0
    /// Attempts since that were answered 503.
    package private(set) var refusals = 0
    /// Times of `SteadyClock`; 0 before there is one.
    package private(set) var beginning: UInt64 = 0
    package private(set) var lastReturn: UInt64 = 0
    /// From the loss of the connection to the confirmed subscription.
    package private(set) var absence = LatencyHistogram()

    package init() {}

    mutating func began(at now: UInt64, dropped: Int) {
        beginning = now
        self.dropped += dropped
    }

    mutating func returned(after time: UInt64, at now: UInt64) {
        returned += 1
        lastReturn = now
        absence.record(microseconds: time / 1_000)
    }

    mutating func refused() {
        if beginning > 0, returned < dropped { refusals += 1 }
    }

    package mutating func add(_ other: StormTally) {
        dropped += other.dropped
        returned += other.returned
        refusals += other.refusals
        beginning =
            beginning == 0 ? other.beginning : min(beginning, other.beginning == 0 ? beginning : other.beginning)
        lastReturn = max(lastReturn, other.lastReturn)
        absence.merge(other.absence)
    }
}
