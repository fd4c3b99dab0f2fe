/// What begins at some place of the bytes that a server sent, as far as it can be told without copying.
///
/// It knows only the two kinds of frames a gateway sends all day; everything else is left to `FrameDecoder`.
enum FrameScan: Equatable {
    /// A whole text message in one frame: the place of its payload, and the place of the next frame.
    case text(Range<Int>)
    /// A whole ping, pong or close, header included.
    case control(Range<Int>)
    /// More bytes are needed.
    case incomplete
    /// A fragment, a binary message, one over 64 KiB, or a violation of the protocol.
    case other

    /// Source: RFC 6455, 5.2; a server's frames are not masked.
    static func at(_ start: Int, of bytes: UnsafeRawBufferPointer) -> FrameScan {
        let available = bytes.count - start
        guard available >= 2 else { return .incomplete }
        let (first, second) = (bytes[start], bytes[start + 1])
        switch (first, second) {
        case (0x81, ..<126): return text(header: 2, Int(second), start, available)
        case (0x81, 126):
            guard available >= 4 else { return .incomplete }
            let length = Int(bytes[start + 2]) << 8 | Int(bytes[start + 3])
            return length < 126 ? .other : text(header: 4, length, start, available)
        case (0x88...0x8A, ..<126):
            let end = 2 + Int(second)
            return available < end ? .incomplete : .control(start..<(start + end))
        default: return .other
        }
    }

    private static func text(header: Int, _ length: Int, _ start: Int, _ available: Int) -> FrameScan {
        guard available >= header + length else { return .incomplete }
        return .text((start + header)..<(start + header + length))
    }
}
