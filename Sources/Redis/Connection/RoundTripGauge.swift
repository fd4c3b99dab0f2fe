import NIOConcurrencyHelpers
import NIOCore

/// How long Redis takes to answer a connection, for any thread to read.
package final class RoundTripGauge: Sendable {
    private struct State {
        var last: Duration?
        var askedAt: NIODeadline?
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// The last round trip, or the wait for the one under way where that is longer; nil without a connection.
    package var value: Duration? { value(at: .now()) }

    func value(at now: NIODeadline) -> Duration? {
        state.withLockedValue { state in
            guard let last = state.last else { return nil }
            return max(last, state.askedAt.map { Duration(now - $0) } ?? .zero)
        }
    }

    func asked(at now: NIODeadline) {
        state.withLockedValue { $0.askedAt = now }
    }

    func answered(after roundTrip: Duration) {
        state.withLockedValue { $0 = State(last: roundTrip) }
    }

    func lost() {
        state.withLockedValue { $0 = State() }
    }
}
