import FleetModel
import Testing

@testable import GadtopCLI

@Suite("The clocks that doctor compares")
struct ClockCheckupTests {
    private func findings(_ ahead: [Double]) -> [String] {
        ClockCheckup.findings(
            ahead.enumerated().map { ClockSkew(of: WorkerID(node: "gw", index: $0), ahead: .seconds($1)) }
        ).map { "\($0.status.rawValue) \($0.subject): \($0.words)" }
    }

    @Test("are the workers' where one of them is wrong, and ours where we disagree with all who agree")
    func culprit() {
        #expect(findings([0, 1]).allSatisfy { $0.hasPrefix("ok clock of gw-w") })
        #expect(findings([0, 3_600]).last == "fail clock of gw-w1: 1 h 00 m ahead of this machine's")
        #expect(findings([-3_600, -3_601]) == ["fail clock of this machine: 1 h 00 m ahead of those of all 2 workers"])
        #expect(findings([5, 5]) == ["warning clock of this machine: 5 s behind those of all 2 workers"])
        #expect(findings([-3_600, 3_600]).count == 2)
        #expect(findings([-3_600]) == ["fail clock of gw-w0: 1 h 00 m behind this machine's"])
    }

    @Test("differ only by more than the question took on its way")
    func exchange() {
        let asked = UnixTime(microseconds: 10_000_000)
        let answered = asked.advanced(by: .seconds(1))
        func ahead(_ time: UnixTime) -> Duration {
            ClockSkew(of: WorkerID("gw-w0"), showing: time, asked: asked, answered: answered).ahead
        }
        #expect(ahead(asked.advanced(by: .milliseconds(-150))) == .zero)
        #expect(ahead(asked.advanced(by: .milliseconds(500))) == .zero)
        #expect(ahead(answered.advanced(by: .seconds(3))) == .seconds(3))
        #expect(ahead(asked.advanced(by: .seconds(-3))) == .milliseconds(-2_800))
    }
}
