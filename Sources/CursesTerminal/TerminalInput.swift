import CNcurses
import Glibc
import Terminal

/// Reads what comes from a terminal's descriptor.
///
/// Not through `get_wch`: it cannot tell the end of input from the lack of it, and loses a character of which only the
/// first bytes have arrived.
struct TerminalInput {
    /// How long the rest of an escape sequence may take; over a slow line it is still one packet. Milliseconds.
    static let escapeDelay: Int32 = 25
    private static let readLength = 1024
    /// Reads in one call, so that a flood of input (a paste, a stuck key) cannot hold up drawing.
    private static let readsAtOnce = 16

    private let descriptor: Int32
    private var decoder: InputDecoder
    private var hasEnded = false

    init(descriptor: Int32, sequences: KeySequences) {
        self.descriptor = descriptor
        decoder = InputDecoder(sequences: sequences)
    }

    mutating func read() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        for _ in 0..<Self.readsAtOnce {
            let wait = decoder.isWaiting ? Self.escapeDelay : 0
            switch readOnce(waiting: wait) {
            case .bytes(let bytes): events += decoder.feed(bytes)
            case .end:
                hasEnded = true
                return events + decoder.timeOut() + [.hungUp]
            case .nothing where decoder.isWaiting: events += decoder.timeOut()
            case .nothing: return events
            }
        }
        return events
    }

    private enum Chunk {
        case bytes(ArraySlice<UInt8>)
        case nothing
        case end
    }

    private func readOnce(waiting milliseconds: Int32) -> Chunk {
        guard !hasEnded else { return .end }
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, milliseconds) > 0 else { return .nothing }
        var buffer = [UInt8](repeating: 0, count: Self.readLength)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        if count > 0 { return .bytes(buffer[..<count]) }
        if count < 0, errno == EINTR || errno == EAGAIN { return .nothing }
        return .end
    }
}
