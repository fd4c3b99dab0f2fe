import Glibc

/// What Ctrl-C says before it ends the process, while something goes on elsewhere.
enum InterruptNotice {
    static func arm(_ words: String) {
        // Kept for the life of the process: the handler may run at any moment.
        let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: words.utf8.count)
        _ = bytes.initialize(from: words.utf8)
        notice = UnsafeBufferPointer(bytes)
        signal(SIGINT) { _ in
            // Only what POSIX allows in a handler: write and _exit. The code is what a shell reports for the signal.
            _ = write(STDERR_FILENO, notice.baseAddress, notice.count)
            _exit(128 + SIGINT)
        }
    }

    static func disarm() {
        signal(SIGINT, SIG_DFL)
    }
}

/// Written before the handler is installed, and only read by it.
nonisolated(unsafe) private var notice = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
