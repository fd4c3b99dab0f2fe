import FoundationEssentials
import TestSupport
import Testing

@testable import GadtopCLI

@Suite("Shell completion")
struct CompletionTests {
    @Test("has a script for each shell, and bash can read its own", arguments: ["bash", "zsh", "fish"])
    func scripts(shell: String) async throws {
        let script = try await BuiltGadtop.run(["--generate-completion-script", shell])
        #expect(script.exit == .code(0))
        #expect(script.output.contains("gadtop") && script.output.contains("rebalance"))
        guard shell == "bash" else { return }
        let directory = try TemporaryDirectory()
        try Data(script.output.utf8).write(to: URL(filePath: directory.path("gadtop")))
        let bash = try ChildProcess("bash", ["-n", directory.path("gadtop")])
        #expect(try await bash.wait() == .code(0), "\(bash.errors)")
    }

    @Test("names the workers of the fleet that the line is about")
    func workers() throws {
        let fleet = try FakeFleet(2)
        let names = ["gw1-w0", "gw1-w1"]
        let path = fleet.directory.path
        #expect(NameCompletion.workers(["gadtop", "drain", "--run-dir", path, ""], [:]) == names)
        #expect(NameCompletion.workers(["gadtop", "drain", "gw", "--run-dir=\(path)"], [:]) == names)
        #expect(NameCompletion.workers(["gadtop", "drain", "--redis", "redis://127.0.0.1:1", ""], [:]).isEmpty)
        #expect(NameCompletion.workers(["gadtop", "drain", "--context", "nowhere", ""], [:]).isEmpty)
    }

    @Test("in bash offers the workers and the contexts there are")
    func bash() async throws {
        let (fleet, home) = (try FakeFleet(2), try TemporaryDirectory())
        let contexts = home.path("gadtop/contexts")
        try FileManager.default.createDirectory(atPath: contexts, withIntermediateDirectories: true)
        try Data("run_dir: \(fleet.directory.path)\n".utf8).write(to: URL(filePath: contexts + "/lab.yaml"))
        let program = BuiltGadtop.path
        for (line, offered) in [
            ("\(program) drain --context lab ''", "gw1-w0 gw1-w1"), ("\(program) context use ''", "lab"),
            ("\(program) get workers --output ''", "table wide json csv"),
        ] {
            let script = """
                source <("\(program)" --generate-completion-script bash)
                COMP_WORDS=(\(line)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE="${COMP_WORDS[*]}"
                COMP_POINT=${#COMP_LINE}; _gadtop "$COMP_WORDS" "" "${COMP_WORDS[COMP_CWORD - 1]}"; echo "${COMPREPLY[@]}"
                """
            let bash = try ChildProcess("bash", ["-c", script], environment: ["XDG_CONFIG_HOME": home.path])
            #expect(try await bash.wait(within: .seconds(20)) == .code(0), "\(bash.errors)")
            #expect(bash.output.split(whereSeparator: \.isNewline).last.map(String.init) == offered, "\(bash.errors)")
        }
    }
}
