import NIOCore

/// Reads a server's answer to the upgrade (RFC 6455, 4.1), as a value.
struct UpgradeReply {
    enum Outcome: Equatable {
        case incomplete
        /// The connection is a WebSocket; what follows the head is left in `rest`.
        case accepted
        case refused(status: Int)
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
        guard status == 101 else { return .refused(status: status) }
        return lines.contains(where: isAccept) ? .accepted : .notWebSocket
    }

    private func isAccept(_ line: Substring) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return false }
        return line[..<colon].lowercased() == "sec-websocket-accept"
            && line[line.index(after: colon)...].drop { $0 == " " } == accept[...]
    }
}
