import FleetModel
import Glibc

/// Reads lines from a pipe, each within a time.
final class LineReader {
    let descriptor: Int32
    private var buffer: [UInt8] = []
    private var hasEnded = false

    /// Takes the descriptor over.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// - Returns: nil when the pipe has ended, or when no whole line came in time.
    func next(within limit: Duration) -> String? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer.removeSubrange(...end) }
                return String(decoding: buffer[..<end], as: UTF8.self)
            }
            guard read(until: deadline) else { return nil }
        }
    }

    /// - Returns: whether the pipe ended in time.
    func awaitEnd(within limit: Duration) -> Bool {
        let deadline = ContinuousClock.now + limit
        while read(until: deadline) {}
        return hasEnded
    }

    private func read(until deadline: ContinuousClock.Instant) -> Bool {
        let rest = ContinuousClock.now.duration(to: deadline)
        var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = poll(&polled, 1, Int32(clamping: max(0, rest.wholeMilliseconds)))
        if ready < 0, errno == EINTR { return true }
        guard ready > 0 else { return false }
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        hasEnded = count <= 0
        if count > 0 { buffer += chunk[..<count] }
        return !hasEnded
    }
}
