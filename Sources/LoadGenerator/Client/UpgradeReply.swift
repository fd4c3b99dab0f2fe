import NIOCore

/// Reads a server's answer to the upgrade (RFC 6455, 4.1), as a value.
struct UpgradeReply {
    enum Outcome: Equatable {
        case incomplete
        /// The connection is a WebSocket; what follows the head is left in `rest`.
        case accepted
        case refused(status: Int, retryAfter: Duration?)
        case notWebSocket
    }

    private(set) var rest = ByteBuffer()
    private let accept: String

    /// Far above what a gateway answers; beyond it the server is none.
    static let maximumHead = 16 * 1024

    /// - Parameter accept: the `Sec-WebSocket-Accept` that answers our key.
    init(accept: String) {
        self.accept = accept
    }

    mutating func read(_ bytes: ByteBuffer) -> Outcome {
        rest.writeImmutableBuffer(bytes)
        let view = rest.readableBytesView
        guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)) else {
            return rest.readableBytes > Self.maximumHead ? .notWebSocket : .incomplete
        }
        let head = String(decoding: view[..<end.lowerBound], as: UTF8.self)
        rest.moveReaderIndex(to: end.upperBound)
        return outcome(head.split(separator: "\r\n"))
    }

    private func outcome(_ lines: [Substring]) -> Outcome {
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { return .notWebSocket }
        guard status == 101 else { return .refused(status: status, retryAfter: retryAfter(lines)) }
        return value(of: "sec-websocket-accept", lines) == accept[...] ? .accepted : .notWebSocket
    }

    /// In seconds only; the other form, a date, no gateway sends (RFC 9110, 10.2.3).
    private func retryAfter(_ lines: [Substring]) -> Duration? {
        value(of: "retry-after", lines).flatMap { Int64($0) }
            .map { .seconds(min(max(0, $0), Self.maximumRetryAfter)) }
    }

    private func value(of name: String, _ lines: [Substring]) -> Substring? {
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":"), line[..<colon].lowercased() == name else { continue }
            return line[line.index(after: colon)...].drop { $0 == " " }
        }
        return nil
    }

    /// A server that wants more is asked again after an hour.
    private static let maximumRetryAfter: Int64 = 3_600
}
