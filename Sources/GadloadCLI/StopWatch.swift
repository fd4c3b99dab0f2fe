import Dispatch
import Glibc
import LoadGenerator

/// Turns SIGINT, SIGTERM and the end of standard input into a request to stop; the second one ends the process.
struct StopWatch {
    private let sources: [any DispatchSourceProtocol]

    /// - Parameter lifeline: whether the end of standard input counts.
    init(stop: StopSignal, lifeline: Bool) {
        var sources: [any DispatchSourceProtocol] = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler { if stop.raise() { _exit(128 + number) } }
            return source
        }
        if lifeline { sources.append(Self.endOfInput(stop)) }
        for source in sources { source.activate() }
        self.sources = sources
    }

    func end() {
        for source in sources { source.cancel() }
    }

    private static func endOfInput(_ stop: StopSignal) -> any DispatchSourceProtocol {
        let source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO)
        source.setEventHandler {
            var bytes = [UInt8](repeating: 0, count: 512)
            guard read(STDIN_FILENO, &bytes, bytes.count) == 0 else { return }
            stop.raise()
            source.cancel()
        }
        return source
    }
}
