import NIOCore

/// Makes whole frames, header and payload in one buffer, which can be written to any number of sockets as they are.
package enum FrameEncoder {
    /// One frame in a buffer of its own.
    /// - Parameter mask: needed by clients, forbidden to servers.
    package static func frame(
        _ opcode: Opcode, _ payload: ByteBuffer, final: Bool = true, mask: MaskingKey? = nil
    ) -> ByteBuffer {
        let size = headerSize(payload: payload.readableBytes, masked: mask != nil) + payload.readableBytes
        var buffer = ByteBufferAllocator().buffer(capacity: size)
        append(opcode, payload, final: final, mask: mask, to: &buffer)
        return buffer
    }

    /// A close frame; a reason that is too long is cut at a character, and needs a code to stand behind.
    package static func close(_ code: CloseCode?, reason: String = "", mask: MaskingKey? = nil) -> ByteBuffer {
        guard let code else { return frame(.close, ByteBuffer(), mask: mask) }
        var payload = ByteBufferAllocator().buffer(capacity: 2 + reason.utf8.count)
        payload.writeInteger(code.rawValue)
        payload.writeString(fitting(reason))
        return frame(.close, payload, mask: mask)
    }

    /// Adds one frame to `buffer`, so that several leave in one write.
    package static func append(
        _ opcode: Opcode, _ payload: ByteBuffer, final: Bool = true, mask: MaskingKey? = nil,
        to buffer: inout ByteBuffer
    ) {
        appendHeader(opcode, length: payload.readableBytes, final: final, mask: mask, to: &buffer)
        let start = buffer.writerIndex
        buffer.writeImmutableBuffer(payload)
        guard var key = mask else { return }
        buffer.withUnsafeMutableReadableBytes { bytes in
            key.apply(to: UnsafeMutableRawBufferPointer(rebasing: bytes[(bytes.count - payload.readableBytes)...]))
        }
        assert(buffer.writerIndex == start + payload.readableBytes)
    }

    /// Bytes of a frame's header (RFC 6455, 5.2).
    package static func headerSize(payload: Int, masked: Bool) -> Int {
        let length =
            switch payload {
            case ..<126: 2
            case ...0xFFFF: 4
            default: 10
            }
        return masked ? length + 4 : length
    }

    private static func appendHeader(
        _ opcode: Opcode, length: Int, final: Bool, mask: MaskingKey?, to buffer: inout ByteBuffer
    ) {
        buffer.writeInteger((final ? 0x80 : 0) | opcode.rawValue)
        let maskBit: UInt8 = mask == nil ? 0 : 0x80
        switch length {
        case ..<126:
            buffer.writeInteger(maskBit | UInt8(length))
        case ...0xFFFF:
            buffer.writeInteger(maskBit | 126)
            buffer.writeInteger(UInt16(length))
        default:
            buffer.writeInteger(maskBit | 127)
            buffer.writeInteger(UInt64(length))
        }
        if let mask { buffer.writeInteger(mask.wireBytes, endianness: .host) }
    }

    private static func fitting(_ reason: String) -> String {
        var text = reason[...]
        while text.utf8.count > CloseCode.maximumReasonLength { text.removeLast() }
        return String(text)
    }
}
