import AdminAPI
import FleetModel
import FoundationEssentials
import TestSupport
import Testing

@testable import GadtopCLI

@Suite("Several contexts at once")
struct ContextGroupTests {
    @Test("workers are told apart by their contexts, and what is of one fleet only is left out")
    func events() {
        let worker = WorkerID("gw1-w0")
        let sample = SharedSample(
            WorkerSample(worker: worker, node: "gw1", version: "1", pid: 1, time: .now, startedAt: .now))
        #expect(FleetEvent.appeared(worker).qualified(by: "a") == .appeared(WorkerID("a/gw1-w0")))
        #expect(FleetEvent.lost(worker, reason: "x").qualified(by: "b") == .lost(WorkerID("b/gw1-w0"), reason: "x"))
        guard case .sample(let qualified)? = FleetEvent.sample(sample).qualified(by: "a") else {
            Issue.record("a sample stays one")
            return
        }
        #expect(qualified.value.worker == WorkerID("a/gw1-w0"))
        #expect(qualified.value.worker.unqualified == worker && qualified.value.worker.context == "a")
        #expect(FleetEvent.control(ControlReport(worker: worker)).qualified(by: "a") == nil)
    }

    @Test("an answer is whole once each context has given its part")
    func answers() {
        var gathering = AnswerGathering(.breakers)
        gathering.await("a")
        gathering.await("b")
        let part = FleetAnswer.Part(WorkerID("gw1-w0"), .failure(AdminError(.notFound, "gone")))
        let answer = FleetAnswer(.breakers, at: .now, parts: [part])
        #expect(gathering.take(answer, of: "a") == nil)
        #expect(gathering.take(answer, of: "a") == nil)
        let whole = gathering.take(answer, of: "b")
        #expect(whole?.parts.map(\.worker) == [WorkerID("a/gw1-w0"), WorkerID("b/gw1-w0")])
    }

    @Test("the console takes several contexts, other commands do not")
    func options() throws {
        let temporary = try TemporaryDirectory()
        let folder = temporary.path + "/gadtop/contexts"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["a", "b"] {
            try Data("run_dir: /run/\(name)".utf8).write(to: URL(filePath: "\(folder)/\(name).yaml"))
        }
        let environment = ["XDG_CONFIG_HOME": temporary.path]
        let choice = try FleetOptions.parse(["--context", "a", "--context", "b"]).choice
        let fleet = try choice.consoleFleet(environment: environment)
        #expect(fleet.name == "a + b" && fleet.contexts == ["a", "b"])
        #expect(fleet.members.map(\.source) == [.directory("/run/a"), .directory("/run/b")])
        #expect(throws: CommandFailure.self) { try choice.source(environment: environment) }
        let one = try FleetOptions.parse(["--context", "a"]).choice.consoleFleet(environment: environment)
        #expect(one.contexts == [])
        #expect(throws: CommandFailure.self) {
            try FleetChoice.contexts(["a", "nowhere"]).consoleFleet(environment: environment)
        }
    }
}
