import Glibc
import TestSupport

/// A program in a terminal of 120x40: one tmux server of its own with one pane.
final class DemoTerminal {
    private let socket = "gadtop-demo-\(getpid())-\(UInt32.random(in: .min ... .max))"

    /// - Parameter command: for a shell; its environment is none of the terminal's.
    init(_ command: String) throws {
        try tmux(
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", "120", "-y", "40",
            "exec env LC_ALL=C.UTF-8 \(command)")
    }

    deinit {
        // It may have ended with its program already.
        _ = try? tmux("kill-server")
    }

    func press(_ key: String) throws { try tmux("send-keys", key) }

    /// Ends the terminal under the program.
    func hangUp() throws { try tmux("kill-server") }

    func screen() throws -> String { try tmux("capture-pane", "-p") }

    func wait(for text: String, within limit: Duration) async throws {
        var screen = ""
        do {
            try await eventually("the screen shows \(text)", within: limit) {
                screen = try self.screen()
                return screen.contains(text)
            }
        } catch let failure as NeverHappened {
            throw NeverHappened(description: "\(failure); it shows:\n\(screen)")
        }
    }

    @discardableResult
    private func tmux(_ arguments: String...) throws -> String {
        let child = try ChildProcess("tmux", ["-L", socket] + arguments)
        // tmux only hands its order to its server: the wait is short.
        var status: Int32 = 0
        waitpid(child.pid, &status, 0)
        return child.output
    }
}
