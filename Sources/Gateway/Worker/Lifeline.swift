import AdminAPI
import Foundation
import Logging

/// The worker's standard input: its supervisor tells it things there, and holds the other end as long as it lives.
///
/// However the supervisor dies, SIGKILL included, the kernel closes its end, and this process ends too. A thread of its
/// own waits for that, so that busy event loops cannot delay it.
package final class Lifeline {
    private var buffer = LineBuffer(bound: longestLine)
    private var waiting: [LineBuffer.Line] = []

    /// A configuration file has at most 1 MiB, and a policy is not much longer than its file.
    private static let longestLine = 4 << 20
    private static let readSize = 16 << 10
    /// Two kinds of lines, of which the last ones count.
    private static let mostWaiting = 16
    /// The thread decodes a policy at most.
    private static let stackSize = 512 << 10

    package init() {}

    /// Waits for the first line, which the supervisor writes before anything else.
    /// - Returns: nil when there is none.
    package func configuration() throws -> WorkerConfiguration? {
        while waiting.isEmpty {
            guard readMore() else { return nil }
        }
        guard case .whole(let line) = waiting.removeFirst() else { return nil }
        return try AdminJSON.decode(WorkerConfiguration.self, from: line)
    }

    /// Watches from here on: what the supervisor tells is in the stream, and the end of the supervisor ends the
    /// process.
    package consuming func hold(logger: Logger) -> AsyncStream<ControlLine> {
        let (lines, told) = AsyncStream<ControlLine>.makeStream(bufferingPolicy: .bufferingNewest(Self.mostWaiting))
        // Handed over whole: nobody but the thread has it from here on.
        nonisolated(unsafe) let lifeline = self
        let thread = Thread { lifeline.watch(told, logger) }
        thread.name = "lifeline"
        thread.stackSize = Self.stackSize
        thread.start()
        return lines
    }

    private func watch(_ told: AsyncStream<ControlLine>.Continuation, _ logger: Logger) {
        repeat {
            for line in waiting { Self.tell(line, told, logger) }
            waiting = []
        } while readMore()
        // Nobody is left to drain for: a supervisor that wants a drain sends SIGTERM and stays.
        _exit(0)
    }

    private static func tell(
        _ line: LineBuffer.Line, _ told: AsyncStream<ControlLine>.Continuation, _ logger: Logger
    ) {
        switch line {
        case .tooLong:
            logger.error("the supervisor's line is too long and is ignored", metadata: ["bytes": "\(longestLine)"])
        case .whole(let bytes):
            do {
                told.yield(try AdminJSON.decode(ControlLine.self, from: bytes))
            } catch {
                logger.error("the supervisor's line is not understood and is ignored", metadata: ["error": "\(error)"])
            }
        }
    }

    /// - Returns: false at the end of standard input.
    private func readMore() -> Bool {
        var bytes = [UInt8](repeating: 0, count: Self.readSize)
        while true {
            let count = read(STDIN_FILENO, &bytes, bytes.count)
            if count > 0 {
                waiting += buffer.take(bytes[..<count])
                return true
            }
            if count == 0 || errno != EINTR { return false }
        }
    }
}
