import Testing

@testable import Redis

@Suite("Sentinel state")
struct SentinelStateTests {
    private let first = RedisAddress(host: "10.0.0.1", port: 1)
    private let second = RedisAddress(host: "10.0.0.2", port: 2)
    private let third = RedisAddress(host: "10.0.0.3", port: 3)

    @Test("Sentinels are asked in turn until one names the primary, which is told once")
    func inTurn() {
        var state = SentinelState(count: 3)
        #expect(state.tick() == [.ask(sentinel: 0)])
        #expect(state.failed(0) == [.ask(sentinel: 1)])
        #expect(state.failed(1) == [.ask(sentinel: 2)])
        #expect(state.answered(2, .init(primary: first, epoch: 1)) == [.tell(.moved(to: first))])
        #expect(state.tick() == [.ask(sentinel: 0)])
        #expect(state.answered(0, .init(primary: first, epoch: 1)) == [])
    }

    @Test("when no Sentinel answers, each second begins another round, without end")
    func nobodyAnswers() {
        var state = SentinelState(count: 2)
        for _ in 0..<1_000 {
            #expect(state.tick() == [.ask(sentinel: 0)])
            #expect(state.failed(0) == [.ask(sentinel: 1)])
            #expect(state.failed(1) == [])
        }
        #expect(state.sentinelIsUp(1) == [.ask(sentinel: 1)])
        #expect(state.answered(1, .init(primary: first, epoch: 0)) == [.tell(.moved(to: first))])
    }

    @Test("a Sentinel that hangs holds nobody up, and its answer counts all the same")
    func hanging() {
        var state = SentinelState(count: 2)
        #expect(state.tick() == [.ask(sentinel: 0)])
        #expect(state.tick() == [])
        #expect(state.tick() == [.ask(sentinel: 1)])
        #expect(state.answered(0, .init(primary: first, epoch: 1)) == [.tell(.moved(to: first))])
        #expect(state.failed(1) == [.ask(sentinel: 0)])
    }

    @Test("an announced switch counts at once, and the Sentinel is asked for its epoch")
    func announced() {
        var state = connected(to: first, epoch: 4)
        #expect(state.switched(1, to: second) == [.tell(.moved(to: second)), .ask(sentinel: 1)])
        #expect(state.answered(1, .init(primary: second, epoch: 5)) == [])
        #expect(state.switched(2, to: second) == [.ask(sentinel: 2)])
        #expect(state.answered(2, .init(primary: second, epoch: 5)) == [])
    }

    @Test("a Sentinel that knows an older configuration is not believed while the primary answers")
    func stale() {
        var state = connected(to: second, epoch: 5)
        for _ in 0..<10 { #expect(state.answered(0, .init(primary: first, epoch: 4)) == []) }
        #expect(state.answered(0, .init(primary: first, epoch: 5)) == [])
        #expect(state.answered(0, .init(primary: third, epoch: 6)) == [.tell(.moved(to: third))])
    }

    @Test("nor is it while the primary was named a moment ago and has not been tried")
    func staleBehindHint() {
        var state = connected(to: first, epoch: 4)
        #expect(state.hinted(1) == [.ask(sentinel: 1)])
        #expect(state.answered(1, .init(primary: second, epoch: 5)) == [.tell(.moved(to: second))])
        #expect(state.answered(2, .init(primary: first, epoch: 4)) == [])
    }

    @Test("older configurations are believed when the primary is lost and all Sentinels agree on them")
    func epochsBeginAgain() {
        var state = connected(to: second, epoch: 5)
        _ = state.take(.lost(second))
        #expect(state.answered(0, .init(primary: first, epoch: 0)) == [])
        #expect(state.answered(1, .init(primary: first, epoch: 0)) == [])
        #expect(state.answered(2, .init(primary: first, epoch: 0)) == [.tell(.moved(to: first))])
    }

    @Test("an answer without an epoch is believed")
    func epochsHidden() {
        var state = connected(to: first, epoch: nil)
        #expect(state.answered(0, .init(primary: second, epoch: nil)) == [.tell(.moved(to: second))])
    }

    @Test(
        "the loss of the primary asks at once, for all its connections together, and then each second another Sentinel")
    func lost() {
        var state = connected(to: first, epoch: 1)
        #expect(state.take(.lost(second)) == [])
        #expect(state.take(.lost(first)) == [.ask(sentinel: 1)])
        #expect(state.take(.lost(first)) == [])
        #expect(state.answered(1, .init(primary: first, epoch: 1)) == [])
        #expect(state.take(.lost(first)) == [])
        #expect(state.tick() == [.ask(sentinel: 2)])
        #expect(state.answered(2, .init(primary: first, epoch: 1)) == [])
        #expect(state.tick() == [.ask(sentinel: 0)])
        #expect(state.answered(0, .init(primary: second, epoch: 2)) == [.tell(.moved(to: second))])
    }

    @Test("a primary that turns out to be none is left by all, and asked about")
    func demoted() {
        var state = connected(to: first, epoch: 1)
        #expect(state.take(.demoted(second)) == [])
        #expect(state.take(.demoted(first)) == [.tell(.left(first)), .ask(sentinel: 1)])
    }

    @Test("while all is well, Sentinels are asked now and then")
    func calm() {
        var state = connected(to: first, epoch: 1)
        for _ in 1..<SentinelState.ticksOfCalm { #expect(state.tick() == []) }
        #expect(state.tick() == [.ask(sentinel: 1)])
    }

    /// A primary that was named by the first of three Sentinels and is reached.
    private func connected(to address: RedisAddress, epoch: Int64?) -> SentinelState {
        var state = SentinelState(count: 3)
        _ = state.tick()
        _ = state.answered(0, .init(primary: address, epoch: epoch))
        _ = state.take(.reached(address))
        return state
    }
}
