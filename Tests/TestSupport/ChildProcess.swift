import FoundationEssentials
import Glibc
import Synchronization

/// A process that a test starts. It leads a process group of its own, which is killed when the value goes away.
package final class ChildProcess: Sendable {
    package enum Exit: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    package let pid: pid_t
    private let name: String
    private let directory: TemporaryDirectory
    private let exit = Mutex<Exit?>(nil)

    /// Starts `executable` (looked up in PATH when it has no slash) with nothing to read.
    /// - Parameter environment: added to the test's own.
    package init(_ executable: String, _ arguments: [String] = [], environment: [String: String] = [:]) throws {
        name = executable
        directory = try TemporaryDirectory()
        let spawn = Spawn(
            executable: executable, arguments: arguments,
            environment: ProcessInfo.processInfo.environment.merging(environment) { $1 },
            output: directory.path("stdout"), errors: directory.path("stderr"))
        pid = try spawn.run()
    }

    deinit {
        kill(-pid, SIGKILL)
        // After SIGKILL the wait is short, and without it the process would stay as a zombie.
        if !hasExited { waitpid(pid, nil, 0) }
    }

    /// Standard output so far.
    package var output: String { text("stdout") }
    /// Standard error so far.
    package var errors: String { text("stderr") }

    package var hasExited: Bool { exitStatus != nil }

    /// How the process ended; nil while it runs.
    package var exitStatus: Exit? {
        exit.withLock { exit in
            var status: Int32 = 0
            if exit == nil, waitpid(pid, &status, WNOHANG) == pid { exit = Exit(waitStatus: status) }
            return exit
        }
    }

    /// Sends a signal to the process alone, unless it has ended.
    package func signal(_ number: Int32) {
        guard !hasExited else { return }
        kill(pid, number)
    }

    /// Waits for the end.
    /// - Throws: `NeverHappened` with the end of what the process wrote.
    package func wait(within limit: Duration = .seconds(10)) async throws -> Exit {
        do {
            return try await eventually("\(name) ends", within: limit) { exitStatus }
        } catch let failure as NeverHappened {
            throw NeverHappened(description: "\(failure); it wrote: \(output.suffix(500)) \(errors.suffix(500))")
        }
    }

    private func text(_ file: String) -> String {
        let bytes = FileManager.default.contents(atPath: directory.path(file)) ?? Data()
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension ChildProcess.Exit {
    /// Takes apart what `waitpid` gives (`man 2 wait`; the macros do not import).
    fileprivate init(waitStatus status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .code(status >> 8 & 0xff) : .signal(signal)
    }
}
