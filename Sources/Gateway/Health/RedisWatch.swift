import FleetModel
import NIOCore
import Synchronization

/// What a worker notices of Redis by using it. From any thread.
package final class RedisWatch: Sendable {
    private struct State {
        var echo: EchoProbe
        var publishLatency = LatencyHistogram()
        var roundTrip: Duration = .zero
        var backplane: (any Backplane)?
        /// The backplane has told a round trip once, so that one it does not tell means that it has no connection.
        var isMeasured = false
    }

    private let clock: SteadyClock
    private let state: Mutex<State>

    package init(clock: SteadyClock) {
        self.clock = clock
        let nonce = String(UInt64.random(in: .min ... .max), radix: 36)
        state = Mutex(State(echo: EchoProbe(nonce: nonce, at: clock.now)))
    }

    /// What was noticed until now.
    package var reading: RedisReading {
        let now = clock.now
        var (reading, backplane) = state.withLock { state in
            (
                RedisReading(
                    roundTrip: state.roundTrip, publishLatency: state.publishLatency,
                    wasEchoHeard: state.echo.wasHeard, echoAge: state.echo.age(at: now)), state.backplane
            )
        }
        reading.primary = backplane?.primary ?? ""
        reading.roundTrip = roundTrip(backplane?.roundTrip, of: reading)
        return reading
    }

    /// - Parameter current: the backplane's own, which knows also how long a reply is overdue.
    private func roundTrip(_ current: Duration?, of reading: RedisReading) -> Duration {
        if let current {
            state.withLock { $0.isMeasured = true }
            return current
        }
        // Without a connection nothing is answered; the echo says since when.
        return state.withLock(\.isMeasured) ? max(reading.roundTrip, reading.echoAge) : reading.roundTrip
    }

    func use(_ backplane: any Backplane) { state.withLock { $0.backplane = backplane } }

    /// Notes how long a publication takes until Redis has answered; failures are for the breakers.
    func time<Value>(_ publication: () -> EventLoopFuture<Value>) -> EventLoopFuture<Value> {
        let start = clock.now
        let future = publication()
        future.whenSuccess { [self] _ in
            let duration = start.duration(to: clock.now)
            state.withLock { state in
                state.publishLatency.record(duration)
                state.roundTrip = duration
            }
        }
        return future
    }

    func sendEcho() -> String {
        let now = clock.now
        return state.withLock { $0.echo.send(at: now) }
    }

    func receiveEcho(_ text: String) {
        let now = clock.now
        state.withLock { $0.echo.receive(text, at: now) }
    }
}

/// How Redis answers.
package struct RedisReading: Sendable, Equatable {
    /// From the last command to its reply, or what it takes already; zero before the first.
    package var roundTrip: Duration = .zero
    /// From publication to reply.
    package var publishLatency = LatencyHistogram()
    package var wasEchoHeard = false
    /// See `EchoProbe.age`.
    package var echoAge: Duration = .zero
    /// Host and port of the server in use; empty before the first connection.
    package var primary = ""
}
