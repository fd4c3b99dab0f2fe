import DequeModule
import FleetModel
import NIOCore

/// What one connection to Redis awaits and does next: events in, actions out, no I/O and no clock.
///
/// Redis answers in the order in which it was asked, so what is awaited is a queue. `Request` is whatever is to
/// receive a reply.
struct ConnectionState<Request> {
    private enum Phase: Equatable {
        /// The handshake is under way.
        case opening
        case ready
        case closed
    }

    private enum Awaited {
        case handshake(HandshakeStep)
        case probe(sentAt: NIODeadline)
        case request(Request, size: Int)
    }

    private var phase = Phase.opening
    private var awaited: Deque<Awaited> = []
    private var requestBytes = 0
    /// When Redis last said something, or when we began to await after nothing was awaited.
    private var silentSince: NIODeadline
    /// One is under way.
    private var isProbed = false
    private let probe: HandshakeStep
    private let limits: RequestLimits
    private let replyTimeout: Duration

    /// A connection that stands; the commands of `handshake` are sent at once.
    /// - Parameter probe: what is asked once a ping interval.
    init(
        handshake: [HandshakeStep], probe: HandshakeStep, replyTimeout: Duration, limits: RequestLimits = .standard,
        at now: NIODeadline
    ) {
        awaited = Deque(handshake.map { .handshake($0) })
        silentSince = now
        self.probe = probe
        self.replyTimeout = replyTimeout
        self.limits = limits
    }
}

/// Bounds on what may wait for replies, since a hung Redis takes nothing off the queue until its timeout.
struct RequestLimits: Sendable, Equatable {
    var count: Int
    var bytes: Int

    /// Some seconds of publishing at full speed.
    static let standard = RequestLimits(count: 65_536, bytes: 64 << 20)
}

// MARK: - Asking

extension ConnectionState {
    enum RequestAction {
        case write
        case refuse(Request, RedisError)
    }

    /// A command of `size` bytes is to be sent.
    mutating func request(_ request: Request, size: Int, at now: NIODeadline) -> RequestAction {
        switch phase {
        case .opening: return .refuse(request, .notConnected("the handshake is not over"))
        case .closed: return .refuse(request, .notConnected("the connection is closed"))
        case .ready: break
        }
        guard awaited.count < limits.count, requestBytes + size <= limits.bytes else {
            return .refuse(request, .tooMuchInFlight)
        }
        requestBytes += size
        expect(.request(request, size: size), at: now)
        return .write
    }

    enum TickAction: Equatable {
        case none
        case sendProbe
        case close(reason: String)
    }

    /// Time has passed; called once a ping interval. A busy connection is probed too: what it is busy with need not
    /// tell that Redis is no primary any more.
    mutating func tick(at now: NIODeadline) -> TickAction {
        switch phase {
        case .closed: return .none
        case .opening, .ready: break
        }
        let silence = Duration(now - silentSince)
        if !awaited.isEmpty, silence >= replyTimeout {
            return .close(reason: "Redis has not answered for \(Figures.elapsed(silence))")
        }
        guard phase == .ready, !isProbed else { return .none }
        isProbed = true
        expect(.probe(sentAt: now), at: now)
        return .sendProbe
    }

    private mutating func expect(_ item: Awaited, at now: NIODeadline) {
        if awaited.isEmpty { silentSince = now }
        awaited.append(item)
    }
}

// MARK: - Hearing

extension ConnectionState {
    enum ReplyAction {
        case none
        /// The handshake is over: requests are taken from here on.
        case ready
        /// A probe was answered well.
        case alive(roundTrip: Duration)
        case complete(Request, RESPValue)
        /// Redis is no primary.
        case leave(role: String)
        case close(reason: String)
    }

    /// A reply has arrived.
    mutating func received(_ reply: RESPValue, at now: NIODeadline) -> ReplyAction {
        guard phase != .closed else { return .none }
        silentSince = now
        switch awaited.popFirst() {
        case .handshake(let step): return finish(step, with: reply)
        case .probe(let sentAt):
            isProbed = false
            return probe.accepts(reply) ? .alive(roundTrip: Duration(now - sentAt)) : Self.refusal(reply)
        case .request(let request, let size):
            requestBytes -= size
            return .complete(request, reply)
        case nil: return Self.refusal(reply)
        }
    }

    /// Something that answers no request has arrived.
    mutating func receivedPush(at now: NIODeadline) {
        silentSince = now
    }

    /// The connection is gone.
    /// - Returns: the requests that get no reply any more.
    mutating func close() -> [Request] {
        phase = .closed
        defer { awaited.removeAll() }
        return awaited.compactMap { if case .request(let request, _) = $0 { request } else { nil } }
    }

    private mutating func finish(_ step: HandshakeStep, with reply: RESPValue) -> ReplyAction {
        guard step.accepts(reply) else { return Self.refusal(reply) }
        guard awaited.isEmpty else { return .none }
        phase = .ready
        return .ready
    }

    private static func refusal(_ reply: RESPValue) -> ReplyAction {
        switch reply {
        case .error(let words), .simple(let words): .close(reason: "Redis said: " + words)
        case .integer, .bulk, .null: .close(reason: "Redis gave an unexpected reply")
        case .array: reply.role.map { .leave(role: $0) } ?? .close(reason: "Redis gave an unexpected reply")
        }
    }
}
