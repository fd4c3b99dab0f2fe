import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// The console in a real terminal, on a directory in which no worker is yet.
@Suite("The console in a terminal")
struct ConsoleTerminalTests {
    private let temporary: TemporaryDirectory

    init() throws {
        temporary = try TemporaryDirectory()
    }

    /// gadtop with nothing of the tester's own, for a shell.
    private func command(_ options: String = "", _ environment: String = "") -> String {
        "env \(environment) XDG_STATE_HOME='\(temporary.path)/state' XDG_CONFIG_HOME='\(temporary.path)/config' "
            + "'\(BuiltGadtop.path)' \(options) --run-dir '\(temporary.path)'"
    }

    private func end(_ terminal: TmuxTerminal) async throws {
        try terminal.press("q")
        try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
    }

    @Test("what was chosen, and what was typed, is there again after a restart")
    func preferences() async throws {
        let first = try TmuxTerminal(command())
        try await first.wait(for: "No worker yet", within: .seconds(20))
        try first.press(":", "lang es", "Enter")
        try await first.wait(for: "salir", within: .seconds(10))
        try first.press(":", "sort conns", "Enter")
        try await end(first)
        let second = try TmuxTerminal(command())
        try await second.wait(for: "salir", within: .seconds(20))
        try await second.wait(for: "orden", within: .seconds(10))
        #expect(try second.screen().contains("conex"))
        try second.press(":", "Up", "Up")
        try await second.wait(for: ":lang es", within: .seconds(10))
        try second.press("Escape")
        try await end(second)
        let option = try TmuxTerminal(command("--lang en"))
        try await option.wait(for: "quit", within: .seconds(20))
        try await end(option)
    }

    @Test("what was chosen a second before a signal ends the console is kept")
    func killed() async throws {
        let terminal = try TmuxTerminal(command())
        try await terminal.wait(for: "No worker yet", within: .seconds(20))
        try terminal.press("T")
        let path = temporary.path + "/state/gadtop/console.json"
        try await eventually("the choice is on disk", within: .seconds(10)) {
            FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self).contains("light") }
                ?? false
        }
        try terminal.hangUp()
    }

    @Test("speaks Spanish where the environment does")
    func spanish() async throws {
        let terminal = try TmuxTerminal(command("", "-u LC_ALL LANG=es_AR.UTF-8"))
        try await terminal.wait(for: "salir", within: .seconds(20))
        try await end(terminal)
    }

    @Test("a file of keys with an error is told, and the console starts")
    func keys() async throws {
        let folder = temporary.path + "/config/gadtop"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data("quit: Q\ndrian: D\n".utf8).write(to: URL(filePath: folder + "/keys.yaml"))
        let terminal = try TmuxTerminal(command())
        try await terminal.wait(for: "keys.yaml:2: drian", within: .seconds(20))
        try await terminal.wait(for: "Q quit", within: .seconds(10))
        try terminal.press("x", "Q")
        try await eventually("the console has gone", within: .seconds(10)) { terminal.hasEnded }
    }

    @Test("a theme that is not there is told, and the standard one holds")
    func theme() async throws {
        let terminal = try TmuxTerminal(command("--theme nowhere"))
        try await terminal.wait(for: "The theme stays as it was", within: .seconds(20))
        try await end(terminal)
    }

    @Test("Ctrl-Z leads to the shell and fg back, whatever is open")
    func suspended() async throws {
        let terminal = try TmuxTerminal("bash --norc --noprofile -i")
        try terminal.press(command(), "Enter")
        try await terminal.wait(for: "No worker yet", within: .seconds(20))
        try terminal.press(":", "C-z")
        try await terminal.wait(for: "Stopped", within: .seconds(10))
        try terminal.press("echo in-the-$((40+2))", "Enter")
        try await terminal.wait(for: "in-the-42", within: .seconds(10))
        try terminal.press("fg", "Enter")
        try await terminal.wait(for: "No worker yet", within: .seconds(10))
        try terminal.press("Escape", "q")
        try await terminal.wait(for: "in-the-42", within: .seconds(10))
        try terminal.press("exit", "Enter")
        try await eventually("the shell has gone", within: .seconds(10)) { terminal.hasEnded }
    }

    @Test("Ctrl-Z without a shell behind it changes nothing")
    func orphaned() async throws {
        let terminal = try TmuxTerminal(command())
        try await terminal.wait(for: "No worker yet", within: .seconds(20))
        try terminal.press("C-z", "?")
        try await terminal.wait(for: "drain the worker", within: .seconds(10))
        try await end(terminal)
    }
}
