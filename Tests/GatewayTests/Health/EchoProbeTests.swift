import FleetModel
import Testing

@testable import Gateway

@Suite("The echo through Redis")
struct EchoProbeTests {
    static let start = UnixTime(microseconds: 1_795_457_902_000_000)

    func at(_ seconds: Double) -> UnixTime { Self.start.advanced(by: .seconds(seconds)) }

    @Test("proves the way through Redis from the moment its token went out, and measures it")
    func heard() {
        var probe = EchoProbe(nonce: "n", at: at(0))
        #expect(!probe.wasHeard)
        #expect(probe.age(at: at(3)) == .seconds(3))
        let token = probe.send(at: at(4))
        probe.receive(token, at: at(4.2))
        #expect(probe.wasHeard)
        #expect(probe.roundTrip == .milliseconds(200))
        #expect(probe.age(at: at(4.5)) == .milliseconds(500))
    }

    @Test("is as old as its token, however late it comes")
    func late() {
        var probe = EchoProbe(nonce: "n", at: at(0))
        let tokens = (0..<10).map { probe.send(at: at(Double($0))) }
        probe.receive(tokens[0], at: at(9))
        #expect(probe.age(at: at(9)) == .seconds(9))
        probe.receive(tokens[7], at: at(9.5))
        #expect(probe.age(at: at(9.5)) == .milliseconds(2_500))
        probe.receive(tokens[5], at: at(9.75))
        #expect(probe.age(at: at(9.75)) == .milliseconds(2_750), "an older one proves nothing more")
    }

    @Test("is not proven by what somebody else published there, nor by a token that was given up")
    func foreign() {
        var probe = EchoProbe(nonce: "n", at: at(0))
        let first = probe.send(at: at(0))
        for text in ["", "m-1", "n-", "n-x", "n-2", "n-99999999999999999999"] { probe.receive(text, at: at(0.1)) }
        #expect(!probe.wasHeard)
        for second in 1...16 { _ = probe.send(at: at(Double(second))) }
        probe.receive(first, at: at(17))
        #expect(!probe.wasHeard)
    }
}
