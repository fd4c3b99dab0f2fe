import FleetModel
import Glibc

/// The NATS client protocol, as far as a client needs it that only listens.
///
/// Source: docs.nats.io, "Client Protocol". A server puts whole protocol messages into a WebSocket frame.
enum NATSText {
    /// Greets, subscribes, and asks for a PONG, which comes when all of it is done.
    static func hello(rooms: [RoomName]) -> String {
        let subscriptions = rooms.enumerated().map { "SUB \($1) \($0 + 1)\r\n" }.joined()
        return #"CONNECT {"verbose":false,"pedantic":false}"# + "\r\n" + subscriptions + "PING\r\n"
    }

    static func publish(_ payload: String, to room: RoomName) -> String {
        "PUB \(room) \(payload.utf8.count)\r\n\(payload)\r\n"
    }

    enum Item: Equatable {
        /// The place of its payload.
        case message(Range<Int>)
        case ping
        case pong
        /// INFO, +OK, or an error, whose words are given.
        case other(isError: Bool)
    }

    /// Hands over what a frame holds, one after the other.
    /// - Returns: false when it ends within a message or is none of the protocol.
    static func forEach(in frame: UnsafeRawBufferPointer, _ body: (Item) -> Void) -> Bool {
        var position = 0
        while position < frame.count {
            guard let end = frame.next(UInt8(ascii: "\n"), from: position) else { return false }
            let line = UnsafeRawBufferPointer(rebasing: frame[position..<max(position, end - 1)])
            position = end + 1
            switch line.first {
            case UInt8(ascii: "M"):
                guard let length = length(of: line), position + length + 2 <= frame.count else { return false }
                body(.message(position..<(position + length)))
                position += length + 2
            case UInt8(ascii: "P"): body(line.count > 1 && line[1] == UInt8(ascii: "I") ? .ping : .pong)
            case UInt8(ascii: "-"): body(.other(isError: true))
            case UInt8(ascii: "I"), UInt8(ascii: "+"): body(.other(isError: false))
            case nil, _?: return false
            }
        }
        return true
    }

    /// The number at the end of `MSG subject id length`.
    private static func length(of line: UnsafeRawBufferPointer) -> Int? {
        var (value, scale, digits) = (0, 1, 0)
        for byte in line.reversed() {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10, digits < 9 else { return byte == UInt8(ascii: " ") && digits > 0 ? value : nil }
            value += Int(digit) * scale
            scale *= 10
            digits += 1
        }
        return nil
    }
}

extension LoadClient {
    func receive(nats frame: UnsafeRawBufferPointer, at now: UInt64) {
        let isWhole = NATSText.forEach(in: frame) { item in
            switch item {
            case .message(let place):
                let payload = UnsafeRawBufferPointer(rebasing: frame[place])
                if !takeDelivery(payload, at: now) { fleet.tally.foreign += 1 }
            case .ping: connection?.send("PONG\r\n")
            case .pong:
                joinedAnew(receipts.rooms.map(\.room), at: now)
                joined(at: now)
            case .other(let isError): if isError { fleet.tally.countError("nats") }
            }
        }
        if !isWhole { fleet.tally.malformed += 1 }
    }
}
