import NIOCore
import Testing

@testable import Redis

@Suite("Connection state")
struct ConnectionStateTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    @Test("it is ready once every step of the handshake is answered, and not before")
    func handshake() {
        var state = opening([.authenticate(user: nil, password: "p"), .select(database: 2), .name("n"), .ping])
        #expect(state.received(.simple("OK"), at: start).is(.none))
        #expect(state.received(.simple("OK"), at: start).is(.none))
        #expect(state.request(1, size: 10, at: start).isRefused(.notConnected("the handshake is not over")))
        #expect(state.received(.simple("OK"), at: start).is(.none))
        #expect(state.received(.simple("PONG"), at: start).is(.ready))
    }

    @Test("a refused password, or a Redis that still loads, ends the connection with its words")
    func refusedHandshake() {
        var state = opening([.authenticate(user: nil, password: "p"), .ping])
        #expect(state.received(.error("WRONGPASS no"), at: start).is(.close(reason: "Redis said: WRONGPASS no")))
        state = opening([.name("n"), .ping])
        #expect(state.received(.error("NOAUTH x"), at: start).is(.none))
        #expect(state.received(.error("NOAUTH x"), at: start).is(.close(reason: "Redis said: NOAUTH x")))
    }

    @Test("a Redis that cannot save to its disk is still a Redis that answers")
    func misconfigured() {
        var state = opening([.ping])
        #expect(state.received(.error("MISCONF disk"), at: start).is(.ready))
    }

    @Test("replies go to the requests in the order in which these were made, errors too")
    func pipelining() {
        var state = ready()
        for request in 1...3 { #expect(state.request(request, size: 10, at: start).isWrite) }
        #expect(state.received(.integer(1), at: start).is(.complete(1, .integer(1))))
        #expect(state.received(.error("ERR"), at: start).is(.complete(2, .error("ERR"))))
        #expect(state.received(.null, at: start).is(.complete(3, .null)))
    }

    @Test("a reply that nobody asked for ends the connection")
    func unasked() {
        var state = ready()
        #expect(state.received(.error("NOPERM x"), at: start).is(.close(reason: "Redis said: NOPERM x")))
    }

    @Test("requests over the bound of count or bytes are refused until replies make room")
    func bounds() {
        var state = ready(limits: RequestLimits(count: 2, bytes: 100))
        #expect(state.request(1, size: 60, at: start).isWrite)
        #expect(state.request(2, size: 60, at: start).isRefused(.tooMuchInFlight))
        #expect(state.request(3, size: 40, at: start).isWrite)
        #expect(state.request(4, size: 0, at: start).isRefused(.tooMuchInFlight))
        _ = state.received(.null, at: start)
        #expect(state.request(5, size: 60, at: start).isWrite)
    }

    @Test("an idle connection is asked for life, and its answer is nobody else's")
    func ping() {
        var state = ready()
        #expect(state.tick(at: start) == .sendProbe)
        #expect(state.request(1, size: 1, at: start).isWrite)
        let answered = state.received(.simple("PONG"), at: start + .milliseconds(7))
        #expect(answered.is(.alive(roundTrip: .milliseconds(7))))
        #expect(state.received(.integer(5), at: start).is(.complete(1, .integer(5))))
    }

    @Test("silence for the reply timeout while something is awaited ends the connection")
    func timeout() {
        var state = ready()
        #expect(state.tick(at: start) == .sendProbe)
        #expect(state.tick(at: start + .seconds(2)) == .none)
        #expect(state.tick(at: start + .seconds(3)) == .close(reason: "Redis has not answered for 3.0 s"))
    }

    @Test("a handshake without an answer times out too")
    func handshakeTimeout() {
        var state = opening([.ping])
        #expect(state.tick(at: start + .seconds(2)) == .none)
        #expect(state.tick(at: start + .seconds(4)) != .none)
    }

    @Test("time in which nothing was awaited is not held against Redis")
    func idleIsNoSilence() {
        var state = ready()
        #expect(state.request(1, size: 1, at: start + .seconds(60)).isWrite)
        #expect(state.tick(at: start + .seconds(62)) == .sendProbe)
    }

    @Test("a busy connection is probed too, by one probe at a time")
    func busyProbe() {
        var state = ready()
        _ = state.request(1, size: 1, at: start)
        #expect(state.tick(at: start) == .sendProbe)
        #expect(state.tick(at: start + .seconds(1)) == .none)
    }

    @Test("a server that is no primary, or not any more, is left")
    func demotion() {
        let (master, slave) = (RESPValue.array([.bulk("master")]), RESPValue.array([.bulk("slave"), .null]))
        var state = opening([.primary])
        #expect(state.received(slave, at: start).is(.leave(role: "slave")))
        state = opening([.primary], probe: .primary)
        #expect(state.received(master, at: start).is(.ready))
        _ = state.tick(at: start)
        #expect(state.received(master, at: start).is(.alive(roundTrip: .zero)))
        _ = state.tick(at: start)
        #expect(state.received(slave, at: start).is(.leave(role: "slave")))
    }

    @Test("messages that keep coming prove life, though an answer is late behind them")
    func pushesProveLife() {
        var state = ready()
        #expect(state.tick(at: start) == .sendProbe)
        for second in 1...20 {
            state.receivedPush(at: start + .seconds(Int64(second)))
            #expect(state.tick(at: start + .seconds(Int64(second))) == .none)
        }
    }

    @Test("the end of the connection gives back the requests, not the pings, and ends everything")
    func closing() {
        var state = ready()
        _ = state.tick(at: start)
        _ = state.request(7, size: 1, at: start)
        #expect(state.close() == [7])
        #expect(state.close() == [])
        #expect(state.request(8, size: 1, at: start).isRefused(.notConnected("the connection is closed")))
        #expect(state.tick(at: start + .seconds(9)) == .none)
        #expect(state.received(.null, at: start).is(.none))
    }

    private func opening(
        _ steps: [HandshakeStep], probe: HandshakeStep = .ping, limits: RequestLimits = .standard
    ) -> ConnectionState<Int> {
        ConnectionState(handshake: steps, probe: probe, replyTimeout: .seconds(3), limits: limits, at: start)
    }

    private func ready(limits: RequestLimits = .standard) -> ConnectionState<Int> {
        var state = opening([.ping], limits: limits)
        _ = state.received(.simple("PONG"), at: start)
        return state
    }
}

extension ConnectionState<Int>.RequestAction {
    fileprivate var isWrite: Bool {
        if case .write = self { true } else { false }
    }

    fileprivate func isRefused(_ error: RedisError) -> Bool {
        if case .refuse(_, error) = self { true } else { false }
    }
}

extension ConnectionState<Int>.ReplyAction {
    fileprivate func `is`(_ other: Self) -> Bool {
        switch (self, other) {
        case (.none, .none), (.ready, .ready): true
        case (.complete(let request, let reply), .complete(let otherRequest, let otherReply)):
            request == otherRequest && reply == otherReply
        case (.alive(let time), .alive(let otherTime)): time == otherTime
        case (.leave(let role), .leave(let otherRole)): role == otherRole
        case (.close(let reason), .close(let otherReason)): reason == otherReason
        default: false
        }
    }
}
