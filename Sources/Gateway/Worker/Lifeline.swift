import Foundation

/// Ends the process when its standard input does: the supervisor holds the other end and never writes again.
///
/// However the supervisor dies, SIGKILL included, the kernel closes its end. A thread of its own waits for that, so
/// that busy event loops cannot delay it.
package enum Lifeline {
    package static func hold() {
        let thread = Thread { waitForEnd() }
        thread.name = "lifeline"
        thread.stackSize = stackSize
        thread.start()
    }

    /// The thread blocks in one system call.
    private static let stackSize = 128 * 1024

    private static func waitForEnd() {
        var byte: UInt8 = 0
        while true {
            let count = read(STDIN_FILENO, &byte, 1)
            if count == 0 || (count < 0 && errno != EINTR) { break }
        }
        // Nobody is left to drain for: a supervisor that wants a drain sends SIGTERM and stays.
        _exit(0)
    }
}
