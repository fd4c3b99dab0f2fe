import Glibc

/// A program in a terminal of 120x40: one tmux server of its own with one pane.
package final class TmuxTerminal {
    private let socket = "gadtop-test-\(getpid())-\(UInt32.random(in: .min ... .max))"

    /// - Parameter command: for a shell; its environment is none of the terminal's.
    package init(_ command: String) throws {
        try tmux(
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", "120", "-y", "40",
            "exec env LC_ALL=C.UTF-8 \(command)")
    }

    deinit {
        // It may have ended with its program already.
        _ = try? tmux("kill-server")
    }

    /// Keys by tmux's names; anything else is typed.
    package func press(_ keys: String...) throws {
        for key in keys { try tmux("send-keys", key) }
    }

    /// Whether the program has ended, and the terminal with it.
    package var hasEnded: Bool {
        // A server that is gone answers nothing.
        (try? screen())?.isEmpty ?? true
    }

    /// Of the program.
    package func pid() throws -> pid_t? {
        Int32(try tmux("display-message", "-p", "#{pane_pid}").filter { !$0.isWhitespace })
    }

    /// Ends the terminal under the program.
    package func hangUp() throws { try tmux("kill-server") }

    package func screen() throws -> String { try tmux("capture-pane", "-p") }

    package func wait(for text: String, within limit: Duration) async throws {
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
