/// What begins at some place of the bytes that a server sent, as far as it can be told without copying.
///
/// It knows only the two kinds of frames a gateway sends all day; everything else is left to `FrameDecoder`.
enum FrameScan: Equatable {
    /// A whole text or binary message in one frame: the place of its payload.
    case message(Range<Int>)
    /// A whole ping, pong or close, header included.
    case control(Range<Int>)
    /// More bytes are needed.
    case incomplete
    /// A fragment, a message over `maximumPayload`, or a violation of the protocol.
    case other

    /// Source: RFC 6455, 5.2; a server's frames are not masked.
    static func at(_ start: Int, of bytes: UnsafeRawBufferPointer) -> FrameScan {
        let available = bytes.count - start
        guard available >= 2 else { return .incomplete }
        let (first, second) = (bytes[start], bytes[start + 1])
        switch (first, second) {
        case (0x81...0x82, ..<126): return message(header: 2, Int(second), start, available)
        case (0x81...0x82, 126): return long(header: 4, from: 126, bytes, start, available)
        case (0x81...0x82, 127): return long(header: 10, from: 65_536, bytes, start, available)
        case (0x88...0x8A, ..<126):
            let end = 2 + Int(second)
            return available < end ? .incomplete : .control(start..<(start + end))
        default: return .other
        }
    }

    private static func message(header: Int, _ length: Int, _ start: Int, _ available: Int) -> FrameScan {
        guard available >= header + length else { return .incomplete }
        return .message((start + header)..<(start + header + length))
    }

    /// - Parameter minimum: a length below it has a shorter form, which is the only one allowed.
    private static func long(
        header: Int, from minimum: Int, _ bytes: UnsafeRawBufferPointer, _ start: Int, _ available: Int
    ) -> FrameScan {
        guard available >= header else { return .incomplete }
        let length = bytes[(start + 2)..<(start + header)].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard length >= minimum, length <= maximumPayload else { return .other }
        return message(header: header, Int(length), start, available)
    }

    /// What a server sends in one frame stays far below, also one that puts many messages into it.
    private static let maximumPayload = 4 << 20
}
