import FleetModel
import Logging
import Synchronization
import Telemetry

/// The circuit breakers of a worker, for whoever calls Redis. From any thread.
package final class BreakerBoard: Sendable {
    private let publish: Mutex<CircuitBreaker>
    private let registry: Mutex<CircuitBreaker>
    private let stream: Mutex<CircuitBreaker>
    private let clock: SteadyClock
    private let logger: Logger

    package init(
        policy: BreakerPolicy, clock: SteadyClock = SteadyClock(startedAt: .now),
        logger: Logger = Logger(label: "breakers", factory: { _ in SwiftLogNoOpLogHandler() })
    ) {
        let breaker = CircuitBreaker(policy: policy, at: clock.now)
        publish = Mutex(breaker)
        registry = Mutex(breaker)
        stream = Mutex(breaker)
        self.clock = clock
        self.logger = logger
    }

    /// - Returns: whether a call may be made; who makes it says how it ended.
    package func permits(_ name: BreakerName) -> Bool { change(name) { $0.permits(at: $1) } }

    package func succeeded(_ name: BreakerName) { change(name) { $0.succeeded(at: $1) } }

    /// - Parameter reason: what went wrong, for an operator to read.
    package func failed(_ name: BreakerName, reason: String) { change(name) { $0.failed(reason, at: $1) } }

    /// Holds a breaker as an operator wants it, or with nil has it decide again.
    package func hold(_ name: BreakerName, _ override: BreakerOverride?) { change(name) { $0.hold(override, at: $1) } }

    /// Brings the policy that holds from here on; no breaker changes its state for that.
    package func apply(_ policy: BreakerPolicy) {
        for name in BreakerName.allCases { change(name) { breaker, _ in breaker.apply(policy) } }
    }

    /// One for each breaker.
    package var reports: [BreakerReport] {
        BreakerName.allCases.map { name in
            change(name) { breaker, now in
                breaker.settle(at: now)
                return breaker.report(name, at: now)
            }
        }
    }

    /// The last transitions of one breaker, oldest first, at most 32.
    package func history(_ name: BreakerName) -> [BreakerTransition] { access(name) { $0.history } }
}

extension BreakerBoard {
    private func access<Value>(_ name: BreakerName, _ body: (inout CircuitBreaker) -> Value) -> Value {
        switch name {
        case .publish: publish.withLock { body(&$0) }
        case .registry: registry.withLock { body(&$0) }
        case .stream: stream.withLock { body(&$0) }
        }
    }

    /// The log is written after the lock is given back.
    private func change<Value>(_ name: BreakerName, _ body: (inout CircuitBreaker, UnixTime) -> Value) -> Value {
        let now = clock.now
        let (value, transition) = access(name) { breaker in
            let before = breaker.transitions
            let value = body(&breaker, now)
            return (value, breaker.transitions == before ? nil : breaker.history.last)
        }
        if let transition { log(name, transition) }
        return value
    }

    private func log(_ name: BreakerName, _ transition: BreakerTransition) {
        let breaker = Logger.MetadataValue.string(name.rawValue)
        switch transition.state {
        case .closed: logger.notice("circuit breaker closed: calls pass again", metadata: ["breaker": breaker])
        case .halfOpen: logger.notice("circuit breaker half open: a trial decides", metadata: ["breaker": breaker])
        case .open:
            logger.warning(
                "circuit breaker open: calls are refused",
                metadata: ["breaker": breaker, "reason": "\(transition.reason ?? "none given")"])
        }
    }
}
