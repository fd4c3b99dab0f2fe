import Dispatch
import Glibc

/// Waits for a line of the terminal while other things go on.
@MainActor
final class TerminalLine {
    private let source: any DispatchSourceRead

    /// An answer is a letter or a word.
    private nonisolated static let maximumLength = 1_024

    /// - Parameter typed: called with each line until the value goes away; with nil at the end of the terminal.
    init(_ typed: @escaping @Sendable (String?) -> Void) {
        // The terminal hands out whole lines, so that a read which may begin does not wait.
        source = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .global())
        source.setEventHandler { @Sendable in typed(Self.line()) }
        source.resume()
    }

    isolated deinit { source.cancel() }

    private nonisolated static func line() -> String? {
        var bytes = [UInt8](repeating: 0, count: maximumLength)
        let count = bytes.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
        guard count > 0 else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isNewline).first.map(
            String.init)
            ?? ""
    }
}
