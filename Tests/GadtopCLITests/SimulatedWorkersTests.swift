import FoundationEssentials
import TestSupport
import Testing

@Suite("The benchmark's simulated workers")
struct SimulatedWorkersTests {
    @Test("encode samples as workers do: gadtop reads them, and their hung one is stale")
    func encoding() async throws {
        let directory = try TemporaryDirectory()
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Benchmarks/simulated_workers.py").path
        let simulation = try ChildProcess("python3", [script, directory.path, "12", "--hung"])
        try await eventually("they are ready") { simulation.output.contains("ready") }
        let run = try await BuiltGadtop.run(["get", "workers", "-o", "csv", "--run-dir", directory.path])
        #expect(run.exit == .code(3), "\(run.errors)")
        let lines = run.output.split(separator: "\n")
        try #require(lines.count == 14, "\(run.output)")
        #expect(lines.count { $0.hasPrefix("sim-w") && $0.contains(",active,") } == 12)
        #expect(run.errors.contains("1 of 13 workers do not answer: hung-w0"))
    }
}
