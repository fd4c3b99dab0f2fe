import Glibc

/// Turns signals into bytes on a pipe, so that a main loop that waits in `poll` hears of them like of anything else.
@MainActor
final class SignalPipe {
    private static let signals = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT]

    let readEnd: Int32
    private let previous: [(signal: Int32, action: sigaction)]

    /// - Throws: `CommandFailure` when the process may open no more files.
    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw CommandFailure(.failed, "cannot make a pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        readEnd = ends[0]
        signalPipeWriteEnd = ends[1]
        previous = Self.signals.map(Self.install)
    }

    deinit {
        for (signal, var action) in previous { sigaction(signal, &action, nil) }
        close(readEnd)
    }

    /// What arrived since the last call, oldest first.
    func takeSignals() -> [Int32] {
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = read(readEnd, &bytes, bytes.count)
        return count > 0 ? bytes[..<count].map { Int32($0) } : []
    }

    /// Has a signal do, for a moment, what it does to programs that know nothing of it.
    func withDefaultAction(of signal: Int32, _ body: () -> Void) {
        var (action, own) = (sigaction(), sigaction())
        action.__sigaction_handler.sa_handler = SIG_DFL
        sigaction(signal, &action, &own)
        body()
        sigaction(signal, &own, nil)
    }

    private static func install(_ signal: Int32) -> (Int32, sigaction) {
        var (action, before) = (sigaction(), sigaction())
        action.__sigaction_handler.sa_handler = { signal in
            let code = errno
            var byte = UInt8(truncatingIfNeeded: signal)
            _ = write(signalPipeWriteEnd, &byte, 1)
            errno = code
        }
        action.sa_flags = SA_RESTART
        sigaction(signal, &action, &before)
        return (signal, before)
    }
}

/// Written before a handler is installed, and only read by handlers.
nonisolated(unsafe) private var signalPipeWriteEnd: Int32 = -1
