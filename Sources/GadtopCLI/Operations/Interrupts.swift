import Dispatch
import Glibc

/// The wishes of whoever stops a command: Ctrl-C to be asked about, an end of the terminal or of the session to obey.
@MainActor
final class Interrupts {
    enum Wish: Sendable {
        case interrupt
        case end
    }

    let wishes: AsyncStream<Wish>
    private let sources: [any DispatchSourceSignal]

    /// Takes the signals from their standard actions for the rest of the process.
    init() {
        let (wishes, continuation) = AsyncStream<Wish>.makeStream()
        self.wishes = wishes
        sources = [(SIGINT, Wish.interrupt), (SIGTERM, .end), (SIGHUP, .end)].map { signal, wish in
            Glibc.signal(signal, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: signal, queue: .global())
            source.setEventHandler { @Sendable in continuation.yield(wish) }
            source.resume()
            return source
        }
    }

    isolated deinit {
        for source in sources { source.cancel() }
    }
}
