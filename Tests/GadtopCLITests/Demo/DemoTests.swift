import FoundationEssentials
import Glibc
import TestSupport
import Testing

@testable import GadtopCLI

@Suite("The demo", .enabled(if: BuiltGadtop.hasFleet, "gadgate and gadload are not built beside gadtop"))
struct DemoTests {
    private let temporary: TemporaryDirectory
    private static let arguments = ["demo", "--workers", "2", "--clients", "50"]

    init() throws {
        temporary = try TemporaryDirectory()
    }

    private func startDemo() throws -> ChildProcess {
        try ChildProcess(BuiltGadtop.path, Self.arguments, environment: ["TMPDIR": temporary.path])
    }

    private func startDemoInTerminal() throws -> TmuxTerminal {
        try TmuxTerminal("TMPDIR='\(temporary.path)' '\(BuiltGadtop.path)' \(Self.arguments.joined(separator: " "))")
    }

    @Test("without a terminal it prints the workers once all clients are connected, and leaves nothing")
    func printsWorkers() async throws {
        let demo = try startDemo()
        #expect(try await demo.wait(within: .seconds(90)) == .code(0), "\(demo.errors)")
        #expect(demo.output.contains("demo-w0") && demo.output.contains("demo-w1"))
        #expect(demo.output.split(separator: "\n").last?.contains(" 50 ") == true, "\(demo.output)")
        #expect(try leftovers() == [])
    }

    @Test(
        "killed with SIGKILL, at whichever moment, it leaves nothing",
        arguments: ["starting redis", "starting Sentinels", "connecting", "up:"])
    func killed(moment: String) async throws {
        try await end(with: SIGKILL, at: moment)
    }

    @Test("told to end, or hung up on, it leaves nothing", arguments: [SIGTERM, SIGHUP])
    func told(signal: Int32) async throws {
        try await end(with: signal, at: "connecting")
    }

    private func end(with signal: Int32, at moment: String) async throws {
        let demo = try startDemo()
        try await eventually("the demo says \(moment)", within: .seconds(60)) { demo.errors.contains(moment) }
        demo.signal(signal)
        _ = try await demo.wait(within: .seconds(20))
        try await eventually("nothing is left", within: .seconds(20)) { try leftovers().isEmpty }
    }

    @Test("shows a failover that a Sentinel is asked for, and leaves nothing after q")
    func failover() async throws {
        let terminal = try startDemoInTerminal()
        try await terminal.wait(for: "breakers 6/6 closed", within: .seconds(90))
        let classes = try terminal.screen()
        #expect(classes.contains("critical") && classes.contains("important") && classes.contains("best"))
        let reply = LoopbackPort.ask(try sentinelPort(), "SENTINEL FAILOVER \(DemoRedis.master)")
        #expect(reply?.hasPrefix("+OK") == true, "\(reply ?? "no answer")")
        try await terminal.wait(for: "Redis primary is 127.0.0.1:", within: .seconds(30))
        try await terminal.wait(for: "breakers 6/6 closed", within: .seconds(30))
        try terminal.press("q")
        try await eventually("nothing is left", within: .seconds(30)) { try leftovers().isEmpty }
    }

    @Test("a terminal that goes away takes everything along")
    func terminalGone() async throws {
        let terminal = try startDemoInTerminal()
        try await terminal.wait(for: "2 workers", within: .seconds(90))
        try terminal.hangUp()
        try await eventually("nothing is left", within: .seconds(30)) { try leftovers().isEmpty }
    }

    /// From the configuration of the first Sentinel.
    private func sentinelPort() throws -> Int {
        let demo = try #require(try FileManager.default.contentsOfDirectory(atPath: temporary.path).first)
        let file = FileManager.default.contents(atPath: "\(temporary.path)/\(demo)/sentinel-0.conf") ?? Data()
        let line = String(decoding: file, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("port ") }
        return try #require(line.flatMap { Int($0.dropFirst("port ".count)) })
    }

    /// Files in the demo's directory, and processes whose environment names it.
    private func leftovers() throws -> [String] {
        let mark = Array("TMPDIR=\(temporary.path)".utf8)
        let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard pid_t(name) != nil else { return false }
            let environment = FileManager.default.contents(atPath: "/proc/\(name)/environ") ?? Data()
            return environment.split(separator: 0).contains { Array($0) == mark }
        }
        return processes + (try FileManager.default.contentsOfDirectory(atPath: temporary.path))
    }
}
