import ControlPlane
import FleetModel
import Glibc
import Synchronization

/// Stops a process and has it go on, with a guard beside it: a shell in a session of its own that sends SIGCONT when
/// gadtop is gone, however it went, and after a bound in any case.
final class ProcessStop: Sendable {
    private let process: Int32
    private let bound: Duration
    private let state = Mutex(State())

    private struct State {
        var standing = PrimaryProcess.untouched
        /// The guard's input: its end is the sign to go on.
        var line: Int32?
        var guardian: pid_t?
    }

    /// - Parameter bound: after which the process goes on whatever is said.
    init(process: Int32, bound: Duration) {
        self.process = process
        self.bound = bound
    }

    deinit { goOn(at: .now) }

    var standing: PrimaryProcess { state.withLock(\.standing) }

    /// The guard stands before the process does not.
    func stop() {
        state.withLock { state in
            guard state.standing == .untouched else { return }
            guard let (guardian, line) = Guardian.start(process, bound) else {
                state.standing = .failed("no shell could be started to guard it")
                return
            }
            (state.guardian, state.line) = (guardian, line)
            let code = kill(process, SIGSTOP)
            state.standing =
                code == 0
                ? .stopped(at: .now)
                : .failed("process \(process) cannot be stopped: \(SafeText(String(cString: strerror(errno))))")
        }
    }

    func goOn(at now: UnixTime) {
        state.withLock { state in
            switch state.standing {
            case .untouched, .continued: return
            case .stopped, .failed: break
            }
            // A process that is gone needs nothing any more.
            if kill(process, SIGCONT) == 0 || errno == ESRCH { state.standing = .continued(at: now) }
            guard let line = state.line else { return }
            close(line)
            state.line = nil
            if let guardian = state.guardian { waitpid(guardian, nil, 0) }
        }
    }
}

/// Starts the guard.
private enum Guardian {
    /// POSIX sh. `read` returns when gadtop ends or closes the line; the sleeper sends SIGCONT when it does not.
    private static let script = """
        trap : HUP INT QUIT TERM PIPE
        ( sleep "$2"; kill -CONT "$1" ) </dev/null &
        read -r _
        kill -CONT "$1"
        # The sleeper is of this session, as is this shell.
        kill -KILL 0
        """

    /// - Returns: nil when it cannot be started.
    static func start(_ process: Int32, _ bound: Duration) -> (guardian: pid_t, line: Int32)? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        // The write end must be gadtop's alone: its closing is the sign that gadtop is gone.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        guard let guardian = spawn([script, "gadtop-guard", "\(process)", "\(bound.components.seconds)"], ends[0])
        else {
            close(ends[1])
            return nil
        }
        return (guardian, ends[1])
    }

    private static func spawn(_ arguments: [String], _ input: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawnattr_setflags(&attributes, newSession)
        let words = (["sh", "-c"] + arguments).map { (text: String) in strdup(text) }
        defer { words.forEach { free($0) } }
        var pid: pid_t = 0
        return posix_spawn(&pid, "/bin/sh", &actions, &attributes, words + [nil], environ) == 0 ? pid : nil
    }

    /// spawn.h, since glibc 2.26; the overlay leaves it out.
    private static let newSession: Int16 = 0x80
}
