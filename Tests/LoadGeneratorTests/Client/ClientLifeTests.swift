import Testing

@testable import LoadGenerator

struct ClientLifeTests {
    private var random = SplitMix64(seed: 1)

    @Test("a client that is asked to reconnect waits as long as told, closes, and dials once the connection has ended")
    mutating func moves() throws {
        var life = joined()
        #expect(life.asked(within: .seconds(5)) == .wait(.seconds(5)))
        #expect(life.timeIsUp(ticket: life.ticket) == .close)
        #expect(life.disconnected(mayReturn: true, random: &random) == .connect)
        #expect(life.phase == .connecting)
    }

    @Test("a server that does not answer the close is cut off")
    mutating func cuts() {
        var life = joined()
        _ = life.asked(within: .seconds(5))
        _ = life.timeIsUp(ticket: life.ticket)
        #expect(life.timeIsUp(ticket: life.ticket) == .cut)
    }

    @Test("a second request to reconnect while one is under way changes nothing")
    mutating func askedTwice() {
        var life = joined()
        _ = life.asked(within: .seconds(5))
        #expect(life.asked(within: .seconds(1)) == .none)
    }

    @Test("a client that is closed on before its moment comes back with backoff, and its old wait is void")
    mutating func overtaken() {
        var life = joined()
        _ = life.asked(within: .seconds(5))
        let ticket = life.ticket
        #expect(isWait(life.disconnected(mayReturn: true, random: &random)))
        #expect(life.timeIsUp(ticket: ticket) == .none)
        #expect(life.timeIsUp(ticket: life.ticket) == .connect)
    }

    @Test("waits after failures spread over a range that doubles up to ten seconds, and starts over after a success")
    mutating func backoff() {
        var longest: [Duration] = Array(repeating: .zero, count: 8)
        for _ in 0..<300 {
            var life = ClientLife()
            _ = life.begin()
            for attempt in longest.indices {
                guard case .wait(let wait) = life.disconnected(mayReturn: true, random: &random) else { continue }
                longest[attempt] = max(longest[attempt], wait)
                _ = life.timeIsUp(ticket: life.ticket)
            }
            life.subscribed()
            guard case .wait(let wait) = life.disconnected(mayReturn: true, random: &random) else { continue }
            #expect(wait <= .milliseconds(500))
        }
        for (attempt, wait) in longest.enumerated() {
            let limit = min(.milliseconds(500) * (1 << attempt), Duration.seconds(10))
            #expect(wait <= limit && wait > limit * 0.9)
        }
    }

    @Test("a client that is told how long to stay away waits at least that long, and its backoff on top")
    mutating func staysAway() throws {
        var life = joined()
        let action = life.disconnected(mayReturn: true, notBefore: .seconds(7), random: &random)
        guard case .wait(let wait) = action else {
            Issue.record("it did not wait")
            return
        }
        #expect(wait >= .seconds(7) && wait <= .milliseconds(7_500))
    }

    @Test("a client that is told not to return does not")
    mutating func banned() {
        var life = joined()
        #expect(life.disconnected(mayReturn: false, random: &random) == .none)
        #expect(life.phase == .ended)
        #expect(life.begin() == .none)
    }

    @Test(
        "of the close codes, 3500 to 3999 and 4500 to 4999 forbid a return",
        arguments: [
            (1000, true), (1001, true), (1012, true), (3001, true), (3499, true), (3500, false), (3999, false),
            (4000, true), (4499, true), (4500, false), (4999, false),
        ] as [(UInt16, Bool)])
    func codes(code: UInt16, mayReturn: Bool) {
        #expect(ConnectionEnd.closedByServer(.init(rawValue: code)).mayReturn == mayReturn)
    }

    private func joined() -> ClientLife {
        var life = ClientLife()
        _ = life.begin()
        life.subscribed()
        return life
    }

    private func isWait(_ action: ClientLife.Action) -> Bool {
        if case .wait = action { true } else { false }
    }
}
