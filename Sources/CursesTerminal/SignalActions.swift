import CNcurses
import Glibc

/// Keeps what the process does on the signals that opening a curses screen takes over: they are its main loop's.
struct SignalActions {
    private static let taken = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
    private let kept: [(signal: Int32, action: sigaction)]

    init() {
        kept = Self.taken.map { signal in
            var action = sigaction()
            sigaction(signal, nil, &action)
            return (signal, action)
        }
    }

    func reinstate() {
        for (signal, var action) in kept { sigaction(signal, &action, nil) }
    }
}
