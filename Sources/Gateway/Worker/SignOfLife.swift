import Glibc

/// The line that a worker writes once a second on its standard output, where its supervisor hears it.
package enum SignOfLife {
    static let interval: Duration = .seconds(1)
    private static let line = Array("{\"alive\":true}\n".utf8)

    /// Left out where it would block: a supervisor that does not read must not hold its worker up.
    package static func give() {
        var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&output, 1, 0) == 1, output.revents & Int16(POLLOUT) != 0 else { return }
        // A pipe that is ready takes this many bytes; one without a reader is the lifeline's matter.
        _ = write(STDOUT_FILENO, line, line.count)
    }
}

extension Worker {
    /// Says that the worker lives, as long as every loop that serves clients or admin requests does, until cancelled.
    func signLife(_ sign: @Sendable () -> Void) async {
        while !Task.isCancelled {
            _ = await plane.onEachShard { _ in true }
            // Loops end with the process only.
            try? await controlLoops.next().submit {}.get()
            sign()
            // Cancellation ends the loop.
            try? await Task.sleep(for: SignOfLife.interval)
        }
    }
}
