import NIOCore
import Testing

@testable import Gateway

@Suite("Heartbeats")
struct LivenessTests {
    private let policy = HeartbeatPolicy(interval: .seconds(30), timeout: .seconds(10))
    private func at(_ seconds: UInt64) -> NIODeadline { .uptimeNanoseconds(seconds * 1_000_000_000) }

    @Test("a client that speaks is left alone until it has been silent for an interval")
    func speaking() {
        var liveness = Liveness(at: at(100))
        #expect(liveness.check(at: at(120), policy) == .wait(until: at(130)))
        liveness.heard(at: at(125))
        #expect(liveness.check(at: at(130), policy) == .wait(until: at(155)))
    }

    @Test("a silent client is pinged, and closed with 3012 when it stays silent")
    func silent() {
        var liveness = Liveness(at: at(100))
        #expect(liveness.check(at: at(130), policy) == .ping(until: at(140)))
        #expect(liveness.check(at: at(139), policy) == .wait(until: at(140)))
        #expect(liveness.check(at: at(140), policy) == .close(.noPong))
    }

    @Test("what is due next is a ping, or the end of one that is pinged or stalled")
    func due() {
        var liveness = Liveness(at: at(100))
        #expect(liveness.due(policy) == at(130))
        _ = liveness.check(at: at(130), policy)
        #expect(liveness.due(policy) == at(140))
        liveness.heard(at: at(135))
        liveness.stalled(at: at(136), waiting: 1)
        #expect(liveness.due(policy) == at(166))
    }

    @Test("a client that answers the ping begins a new interval")
    func answering() {
        var liveness = Liveness(at: at(100))
        #expect(liveness.check(at: at(130), policy) == .ping(until: at(140)))
        liveness.heard(at: at(131))
        #expect(liveness.check(at: at(140), policy) == .wait(until: at(161)))
        #expect(liveness.check(at: at(161), policy) == .ping(until: at(171)))
    }

    @Test("a client that takes nothing for an interval is closed with 3008")
    func stalled() {
        var liveness = Liveness(at: at(100))
        liveness.stalled(at: at(110), waiting: 1_000)
        liveness.stalled(at: at(120), waiting: 1_000)
        #expect(liveness.check(at: at(130), policy, waiting: 1_000) == .wait(until: at(140)))
        #expect(liveness.check(at: at(140), policy, waiting: 1_200) == .close(.slow))
    }

    @Test("a slow client that takes something within each interval is kept, and closed once it takes nothing")
    func progress() {
        var liveness = Liveness(at: at(100))
        liveness.stalled(at: at(110), waiting: 1_000)
        #expect(liveness.check(at: at(140), policy, waiting: 999) == .wait(until: at(170)))
        #expect(liveness.check(at: at(170), policy, waiting: 500) == .wait(until: at(200)))
        #expect(liveness.check(at: at(200), policy, waiting: 500) == .close(.slow))
    }

    @Test("a client that takes its messages again is not slow")
    func recovered() {
        var liveness = Liveness(at: at(100))
        liveness.stalled(at: at(110), waiting: 1_000)
        liveness.heard(at: at(138))
        liveness.flowing()
        #expect(liveness.check(at: at(140), policy) == .wait(until: at(168)))
    }
}

@Suite("Timing wheel")
struct TimingWheelTests {
    @Test("elements come out at their tick and not before")
    func due() {
        var wheel = TimingWheel<String>(slotCount: 8)
        wheel.schedule("a", at: 3)
        wheel.schedule("b", at: 3)
        wheel.schedule("c", at: 4)
        #expect(wheel.advance(to: 2) == [])
        #expect(wheel.advance(to: 3) == ["a", "b"])
        #expect(wheel.advance(to: 4) == ["c"])
    }

    @Test("an element further than a turn away waits for its turn")
    func turns() {
        var wheel = TimingWheel<Int>(slotCount: 8)
        wheel.schedule(1, at: 2)
        wheel.schedule(2, at: 18)
        #expect(wheel.advance(to: 10) == [1])
        #expect(wheel.advance(to: 17) == [])
        #expect(wheel.advance(to: 18) == [2])
    }

    @Test("a late caller gets everything that is due, once")
    func late() {
        var wheel = TimingWheel<Int>(slotCount: 8)
        for tick in 1...30 { wheel.schedule(tick, at: UInt64(tick)) }
        #expect(Set(wheel.advance(to: 25)) == Set(1...25))
        #expect(wheel.advance(to: 25) == [])
        #expect(wheel.advance(to: 30) == [26, 27, 28, 29, 30])
    }

    @Test("a tick that is past comes out at the next one")
    func past() {
        var wheel = TimingWheel<Int>(slotCount: 8)
        _ = wheel.advance(to: 100)
        wheel.schedule(1, at: 5)
        #expect(wheel.advance(to: 101) == [1])
    }
}

@Suite("Random ids")
struct RandomIDTests {
    @Test("an id is a UUID of version 4 and is read back")
    func text() throws {
        let id = RandomID()
        let text = Array(id.description)
        #expect(text.count == 36 && text[14] == "4" && "89ab".contains(text[19]))
        #expect(RandomID(id.description) == id)
        #expect(RandomID("not-an-id") == nil)
    }
}
