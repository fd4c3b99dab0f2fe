import NIOCore
import WebSocket

/// How long a client may be silent.
struct HeartbeatPolicy: Sendable {
    /// A client silent this long is pinged; one that takes nothing this long is slow.
    var interval: TimeAmount
    /// A pinged client that stays silent this long is gone.
    var timeout: TimeAmount
}

/// Decides from what was heard of a client whether to wait, to ping it, or to give it up.
struct Liveness {
    enum Action: Equatable {
        case wait(until: NIODeadline)
        /// Ping, and check again then.
        case ping(until: NIODeadline)
        case close(CloseCode)
    }

    private(set) var lastHeard: NIODeadline
    /// nil where no answer to a ping is outstanding.
    private(set) var pingedAt: NIODeadline?
    private(set) var stalledSince: NIODeadline?
    /// Bytes that waited in the channel when it was last seen to take some.
    private var waiting: Int32 = 0

    init(at now: NIODeadline) {
        lastHeard = now
    }

    mutating func heard(at now: NIODeadline) {
        lastHeard = now
        pingedAt = nil
    }

    /// The client takes less than it is sent.
    /// - Parameter waiting: bytes in its channel.
    mutating func stalled(at now: NIODeadline, waiting: Int) {
        guard stalledSince == nil else { return }
        stalledSince = now
        self.waiting = Int32(clamping: waiting)
    }

    mutating func flowing() {
        stalledSince = nil
    }

    /// When something is to be done about a client that is not heard until then.
    func due(_ policy: HeartbeatPolicy) -> NIODeadline {
        if let stalledSince { return stalledSince + policy.interval }
        return pingedAt.map { $0 + policy.timeout } ?? lastHeard + policy.interval
    }

    /// What to do about a client now. One that is stalled is judged by that alone: a ping would wait behind the rest.
    ///
    /// - Parameter waiting: bytes in the channel of a stalled client; when they became fewer, it began anew.
    mutating func check(at now: NIODeadline, _ policy: HeartbeatPolicy, waiting: Int = 0) -> Action {
        if stalledSince != nil, waiting < self.waiting {
            stalledSince = now
            self.waiting = Int32(clamping: waiting)
        }
        if let stalledSince {
            let limit = stalledSince + policy.interval
            return now >= limit ? .close(.slow) : .wait(until: limit)
        }
        if let pingedAt {
            let limit = pingedAt + policy.timeout
            return now >= limit ? .close(.noPong) : .wait(until: limit)
        }
        guard now >= lastHeard + policy.interval else { return .wait(until: lastHeard + policy.interval) }
        pingedAt = now
        return .ping(until: now + policy.timeout)
    }
}
