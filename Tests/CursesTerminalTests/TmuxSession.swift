import Foundation
import Testing

/// A real terminal for a test: one tmux server with one pane, in which the probe runs under a shell that writes down
/// the terminal's modes before and after it.
final class TmuxSession {
    enum Problem: Error {
        case timedOut(waitingFor: String, screen: String)
    }

    private let socket = "gadtop-terminal-\(getpid())-\(UInt32.random(in: .min ... .max))"
    let folder: URL

    init(_ argument: String = "", environment: [String: String] = [:], columns: Int = 100, rows: Int = 24) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: socket)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let defaults = ["TERM": "screen-256color", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no"]
        let settings = defaults.merging(environment) { $1 }.map { "\($0)='\($1)'" }.joined(separator: " ")
        let script = """
            cd '\(folder.path)'; stty -a >before; echo shell before the probe
            sh -c 'echo $$ >pid; exec env -u COLORTERM -u NO_COLOR \(settings) "\(Self.probe)" \(argument)'
            echo "ended $?"; stty -a >after; touch done; exec cat
            """
        try tmux(
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "sh", "-c", script)
    }

    deinit {
        // The server may have been ended by the test; the folder is removed all the same.
        _ = try? tmux("kill-server")
        _ = try? FileManager.default.removeItem(at: folder)
    }

    func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

    /// Sends bytes as they are.
    func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

    func resize(columns: Int, rows: Int) throws {
        try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
    }

    /// From here on, what the probe writes to its terminal goes into a file as well.
    func record() throws -> URL {
        let file = folder.appending(path: "output")
        try Data().write(to: file)
        try tmux("pipe-pane", "-O", "cat >>'\(file.path)'")
        return file
    }

    func screen(withColors: Bool = false) throws -> String {
        try tmux(["capture-pane", "-p"] + (withColors ? ["-e"] : []))
    }

    func value(of format: String) throws -> String {
        try tmux("display-message", "-p", format).trimmingCharacters(in: .newlines)
    }

    func file(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }

    var processID: pid_t { get throws { try #require(pid_t(file("pid").trimmingCharacters(in: .newlines))) } }

    func endServer() throws { try tmux("kill-server") }

    /// Waits until the screen shows a text.
    @discardableResult
    func wait(for text: String) async throws -> String {
        try await wait(for: text) { try screen().contains(text) }
        return try screen()
    }

    func wait(for what: String, until condition: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        while try !condition() {
            guard ContinuousClock.now < deadline else {
                throw Problem.timedOut(waitingFor: what, screen: (try? screen()) ?? "(no screen)")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The probe's executable stands beside the tests' own.
    private static var probe: String {
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }.map { URL(filePath: $0) }
        return (bundle ?? executable).deletingLastPathComponent().appending(path: "terminal-probe").path
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

    @discardableResult
    private func tmux(_ arguments: [String]) throws -> String {
        let output = folder.appending(path: "tmux")
        try ShortCommand.run(["tmux", "-L", socket] + arguments, output: output.path)
        return try String(contentsOf: output, encoding: .utf8)
    }
}
