import AdminAPI
import FleetModel
import Testing

@testable import Gateway

@Suite("What a supervisor tells a worker that runs")
struct ControlLineTests {
    @Test("a policy survives the way, whatever is in it")
    func policy() throws {
        var policy = GatewayPolicy()
        policy.rules.rules.append(CriticalityRules.Rule(prefix: "a:", criticality: .important))
        policy.classes.bestEffort.rate = 7
        policy.classes.critical.heartbeatTimeout = .milliseconds(1_250)
        policy.access.rules.append(AccessRules.Rule(prefix: "b:", join: .anyone, publish: .roles(["X", "Y"])))
        policy.limits.roles["X"] = .standard
        let line = try AdminJSON.encode(ControlLine.policy(policy))
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(try AdminJSON.decode(ControlLine.self, from: line) == .policy(policy))
    }

    @Test("the order to read certificates again is one key")
    func certificates() throws {
        let line = try AdminJSON.encode(ControlLine.reloadCertificates)
        #expect(String(decoding: line, as: UTF8.self) == #"{"reload_certificates":true}"#)
        #expect(try AdminJSON.decode(ControlLine.self, from: line) == .reloadCertificates)
    }

    @Test(
        "anything else is not understood",
        arguments: ["", "{}", "[]", #"{"policy":{}}"#, #"{"reload_certificates":false}"#])
    func malformed(_ text: String) {
        #expect(throws: (any Error).self) { try AdminJSON.decode(ControlLine.self, from: Array(text.utf8)) }
    }
}
