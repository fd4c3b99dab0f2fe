import Redis

/// What one client does next: connects, stays, moves when asked to, comes back after a failure. A value without clock,
/// socket or dice of its own.
package struct ClientLife: Sendable {
    package enum Phase: Sendable, Equatable {
        case idle
        /// From dialling to a confirmed subscription.
        case connecting
        case joined
        /// Asked to reconnect, and waiting for its moment.
        case leaving
        /// Has closed its connection in order to move, and waits for the end of it.
        case closing
        /// Waits before it dials again.
        case away
        /// Was told not to come back, or the run is over.
        case ended

        /// Between two connections, or before the first.
        var isReturning: Bool {
            switch self {
            case .connecting, .closing, .away: true
            case .idle, .joined, .leaving, .ended: false
            }
        }
    }

    package enum Action: Sendable, Equatable {
        case none
        case connect
        /// Call `timeIsUp` after this long.
        case wait(Duration)
        /// Close the connection with "going away", and call `timeIsUp` after `closeLimit`.
        case close
        /// End the connection at once.
        case cut
    }

    package private(set) var phase = Phase.idle
    /// Changes with every phase, so that a wait that was overtaken by events can be told.
    package private(set) var ticket: UInt32 = 0
    private var backoff: Backoff

    /// How long a server may take to answer a close before the client goes on without.
    package static let closeLimit: Duration = .seconds(1)
    /// Backoff after failures: full jitter of half a second, doubled up to 10 s, so that thousands of clients cut off
    /// together come back spread out and a server that stays away is asked seldom.
    package static let standardBackoff = Backoff(base: .milliseconds(500), cap: .seconds(10))

    package init(backoff: Backoff = standardBackoff) {
        self.backoff = backoff
    }

    package mutating func begin() -> Action {
        guard phase == .idle else { return .none }
        enter(.connecting)
        return .connect
    }

    /// The subscription is confirmed.
    package mutating func subscribed() {
        guard phase == .connecting else { return }
        backoff.reset()
        enter(.joined)
    }

    /// The server wants the client to have reconnected once `limit` is over. It has drawn that for each client, so that
    /// they leave evenly: whoever draws again leaves early with most others.
    package mutating func asked(within limit: Duration) -> Action {
        switch phase {
        case .joined:
            enter(.leaving)
            return .wait(limit)
        case .idle, .connecting, .leaving, .closing, .away, .ended: return .none
        }
    }

    package mutating func timeIsUp(ticket: UInt32) -> Action {
        guard ticket == self.ticket else { return .none }
        switch phase {
        case .leaving:
            enter(.closing)
            return .close
        case .closing: return .cut
        case .away:
            enter(.connecting)
            return .connect
        case .idle, .connecting, .joined, .ended: return .none
        }
    }

    /// The connection has ended, or could not be made.
    /// - Parameters:
    ///   - mayReturn: false when the server said not to.
    ///   - notBefore: how long the server wants it to stay away; the backoff is added, so that not all come at once.
    package mutating func disconnected(
        mayReturn: Bool, notBefore: Duration = .zero, random: inout some RandomNumberGenerator
    ) -> Action {
        switch phase {
        case .idle, .away, .ended: return .none
        case .closing:
            enter(.connecting)
            return .connect
        case .connecting, .joined, .leaving:
            enter(mayReturn ? .away : .ended)
            return mayReturn ? .wait(notBefore + backoff.next(using: &random)) : .none
        }
    }

    /// The run is over: nothing is dialled any more.
    package mutating func end() {
        enter(.ended)
    }

    private mutating func enter(_ next: Phase) {
        phase = next
        ticket &+= 1
    }
}
