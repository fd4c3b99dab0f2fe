import FoundationEssentials
import Glibc

/// Starts processes that must not outlive gadtop, through a shell in a session of its own that ends them and removes
/// their directory when gadtop is gone, however it went.
@MainActor
final class Janitor {
    /// Made by the janitor, removed by it.
    let directory: String
    let pid: pid_t
    private var input: Int32
    private let output: LineReader
    private(set) var children: [String: pid_t] = [:]

    /// The janitor waits up to 4 s for its children; beyond that it hangs itself.
    private static let stopWithin: Duration = .seconds(8)
    private static let answerWithin: Duration = .seconds(5)

    /// - Throws: `CommandFailure` when the shell cannot be started or cannot make a directory.
    init() throws {
        let (reading, writing) = (try Self.makePipe(), try Self.makePipe())
        pid = try Self.spawn(input: reading.readEnd, output: writing.writeEnd)
        close(reading.readEnd)
        close(writing.writeEnd)
        input = reading.writeEnd
        output = LineReader(descriptor: writing.readEnd)
        guard let line = output.next(within: Self.answerWithin), line.hasPrefix("dir ") else {
            throw CommandFailure(.failed, "no temporary directory can be made: is /tmp (or $TMPDIR) writable?")
        }
        directory = String(line.dropFirst("dir ".count))
        // A janitor that is gone must not take gadtop along before it has cleaned up in its place.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Readable when the janitor is gone.
    var descriptor: Int32 { output.descriptor }

    /// Starts a process; its output goes to `NAME.log` in the directory.
    func start(_ name: String, _ arguments: [String]) throws {
        guard !arguments.contains(where: { $0.contains("\n") }) else {
            throw CommandFailure(.failed, "a path with a line break in it cannot be started")
        }
        Print.write(name + " " + arguments.map(Self.quoted).joined(separator: " "), to: input)
        let words = output.next(within: Self.answerWithin)?.split(separator: " ") ?? []
        guard words.count == 3, let pid = pid_t(words[2]) else {
            throw CommandFailure(.failed, "\(name) cannot be started: the shell that starts it is gone")
        }
        children[name] = pid
    }

    /// Whether a process runs still.
    func isRunning(_ name: String) -> Bool {
        guard let pid = children[name], let stat = FileManager.default.contents(atPath: "/proc/\(pid)/stat") else {
            return false
        }
        // proc(5): the state follows the name in parentheses; Z is a process that has ended.
        return !String(decoding: stat, as: UTF8.self).contains(") Z ")
    }

    /// Ends everything, removes the directory, and returns when that is done.
    func stop() {
        guard input >= 0 else { return }
        close(input)
        input = -1
        let ended = output.awaitEnd(within: Self.stopWithin)
        if !ended || FileManager.default.fileExists(atPath: directory) { cleanUpInItsPlace() }
        waitpid(pid, nil, WNOHANG)
    }

    /// For a janitor that was killed.
    private func cleanUpInItsPlace() {
        for pid in children.values { kill(pid, SIGKILL) }
        kill(-pid, SIGKILL)
        do {
            try FileManager.default.removeItem(atPath: directory)
        } catch {
            Print.error("gadtop: \(directory) could not be removed; remove it by hand")
        }
    }

    private static func quoted(_ argument: String) -> String {
        "'" + argument.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

// MARK: - Starting

extension Janitor {
    /// spawn.h, since glibc 2.26; the overlay leaves it out.
    private static let spawnInNewSession: Int16 = 0x80

    private static func spawn(input: Int32, output: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_setflags(&attributes, spawnInNewSession)
        let arguments = ["sh", "-c", JanitorScript.text].map { (text: String) in strdup(text) }
        defer { arguments.forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, "/bin/sh", &actions, &attributes, arguments + [nil], environ)
        guard code == 0 else {
            throw CommandFailure(.failed, "/bin/sh cannot be started: \(String(cString: strerror(code)))")
        }
        return pid
    }

    private static func makePipe() throws -> (readEnd: Int32, writeEnd: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw CommandFailure(.failed, "cannot make a pipe: \(String(cString: strerror(errno)))")
        }
        // The write end must be gadtop's alone: its closing is the sign that gadtop is gone.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
