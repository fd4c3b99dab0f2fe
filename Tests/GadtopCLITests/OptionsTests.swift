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

    @Test(
        "a tolerance is a percentage above zero",
        arguments: [("10%", 0.1), ("2.5", 0.025), ("100%", 1.0), ("0", nil), ("101%", nil), ("x", nil)])
    func tolerance(text: String, expected: Double?) {
        #expect(PercentOption(argument: text)?.part == expected)
    }

    @Test(
        "a latency is milliseconds or seconds",
        arguments: [("250ms", 0.25), ("1.5s", 1.5), ("2", 2), ("0ms", nil), ("61s", nil), ("fast", nil)])
    func latency(text: String, expected: Double?) {
        #expect(LatencyOption(argument: text)?.duration == expected.map { .seconds($0) })
    }

    @Test("rooms are a name, in which a star stands for anything")
    func rooms() throws {
        let room = try #require(RoomName("gov:alerts"))
        #expect(RoomPatternOption(argument: "gov:*")?.pattern.matches(room) == true)
        #expect(RoomPatternOption(argument: "*")?.pattern.matches(room) == true)
        #expect(RoomPatternOption(argument: "gov:alert")?.pattern.matches(room) == false)
        #expect(RoomPatternOption(argument: "gov:*:x")?.pattern.matches(room) == false)
        #expect(RoomPatternOption(argument: "gov alerts") == nil)
        #expect(RoomPatternOption(argument: "") == nil)
    }

    @Test("without an option the fleet is where gadgate puts it")
    func defaultDirectory() throws {
        let choice = try FleetOptions.parse([]).choice
        #expect(
            try choice.source(environment: ["XDG_RUNTIME_DIR": "/run/user/7"]) == .directory("/run/user/7/gadgate"))
        guard case .directory(let path) = try choice.source(environment: [:]) else { return #expect(Bool(false)) }
        #expect(path.hasPrefix("/tmp/gadgate-"))
        // Ignored, as by gadgate.
        #expect(try choice.source(environment: ["XDG_RUNTIME_DIR": "run"]) == .directory(path))
    }

    @Test(
        "arguments that open a console mean the same with and without the full parser",
        arguments: [[], ["--run-dir", "/x"], ["--redis", "redis://a"], ["--context", "prod"]])
    func plainArguments(arguments: [String]) throws {
        #expect(try FleetOptions.parse(arguments).choice == FleetChoice(plainArguments: arguments))
    }

    @Test(
        "anything else is the full parser's to judge",
        arguments: [
            ["demo"], ["--run-dir"], ["--run-dir", "--redis"], ["--run-dir=/x"], ["get", "workers"], ["--help"],
        ])
    func otherArguments(arguments: [String]) {
        #expect(FleetChoice(plainArguments: arguments) == nil)
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
