import FleetModel
import Synchronization

/// The circuit breakers of a worker, for whoever calls Redis. From any thread.
package final class BreakerBoard: Sendable {
    package init(policy: BreakerPolicy) {}

    /// - Returns: whether a call may be made; who makes it says how it ended.
    package func permits(_ name: BreakerName) -> Bool { true }
    package func succeeded(_ name: BreakerName) {}
    package func failed(_ name: BreakerName, reason: String) {}

    package func apply(_ policy: BreakerPolicy) {}

    /// One for each breaker.
    package var reports: [BreakerReport] { [] }
}
