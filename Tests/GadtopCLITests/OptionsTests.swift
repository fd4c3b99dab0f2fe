import FleetModel
import Redis
import Testing

@testable import GadtopCLI

@Suite("Options")
struct OptionsTests {
    @Test(
        "a rate is a count a second above zero",
        arguments: [("16/s", 16.0), ("16", 16), ("0.5/s", 0.5), ("0", nil), ("-1", nil), ("x/s", nil), ("inf", nil)])
    func rate(text: String, expected: Double?) {
        #expect(RateOption(argument: text)?.perSecond == expected)
    }

    @Test(
        "a time is seconds, or numbers with units",
        arguments: [
            ("90", 90.0), ("90s", 90), ("2m", 120), ("1m30s", 90), ("1.5h", 5_400), ("0", nil), ("m", nil), ("3x", nil),
            ("-5s", nil), ("9999d", nil), ("", nil),
        ])
    func duration(text: String, expected: Double?) {
        #expect(DurationOption(argument: text)?.duration == expected.map { .seconds($0) })
    }

    @Test("without an option the fleet is where gadgate puts it")
    func defaultDirectory() throws {
        let options = try FleetOptions.parse([])
        #expect(
            try options.source(environment: ["XDG_RUNTIME_DIR": "/run/user/7"]) == .directory("/run/user/7/gadgate"))
        guard case .directory(let path) = try options.source(environment: [:]) else { return #expect(Bool(false)) }
        #expect(path.hasPrefix("/tmp/gadgate-"))
    }

    @Test("only one option may name the fleet")
    func oneFleet() {
        #expect(throws: (any Error).self) { try FleetOptions.parse(["--run-dir", "/x", "--context", "y"]) }
    }

    @Test("a context names a run directory or a registry, and anything else is refused with what it should hold")
    func contexts() throws {
        #expect(try ContextFile.source(in: "run_dir: /run/gadgate", path: "p.yaml") == .directory("/run/gadgate"))
        #expect(
            try ContextFile.source(in: "redis: redis://10.0.0.4:6380", path: "p.yaml")
                == .registry(RedisURL(host: "10.0.0.4", port: 6380)))
        for wrong in ["", "run_dir: [1]", "run_dir: /a\nredis: redis://b", "redis: http://b", "- x", "{"] {
            let failure = #expect(throws: CommandFailure.self) { try ContextFile.source(in: wrong, path: "p.yaml") }
            #expect(failure?.message.contains("p.yaml") == true)
        }
        #expect(throws: CommandFailure.self) { try ContextFile.source(named: "../secret", environment: [:]) }
    }
}
