import Glibc

/// One `posix_spawn`: default signals, a process group of its own, no descriptors but the three standard ones.
struct Spawn {
    var executable: String
    var arguments: [String]
    var environment: [String: String]
    /// The files that standard output and standard error go to.
    var output: String
    var errors: String

    func run() throws -> pid_t {
        Self.closeOthersOnExec()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        redirect(&actions)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        startClean(&attributes)
        var pid: pid_t = 0
        let code = withCStrings([executable] + arguments) { argv in
            withCStrings(environment.map { "\($0)=\($1)" }) { envp in
                posix_spawnp(&pid, executable, &actions, &attributes, argv, envp)
            }
        }
        guard code == 0 else { throw SystemFailure("start \(executable)", code: code) }
        return pid
    }

    private func redirect(_ actions: inout posix_spawn_file_actions_t) {
        let mode: mode_t = 0o600
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, mode)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_APPEND, mode)
    }

    /// Keeps sockets of tests that run at the same time out of the child. glibc's own action for it does not import.
    private static func closeOthersOnExec() {
        for descriptor in (STDERR_FILENO + 1)..<highestDescriptor { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    }

    /// More than a test process has open at once.
    private static let highestDescriptor: Int32 = 2_048

    private func startClean(_ attributes: inout posix_spawnattr_t) {
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    private func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
