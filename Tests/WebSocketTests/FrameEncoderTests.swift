import NIOCore
import Testing

@testable import WebSocket

@Suite("Encoding frames")
struct FrameEncoderTests {
    @Test(
        "a frame of any length is read back, masked or not", arguments: [0, 1, 7, 8, 125, 126, 65_535, 65_536, 100_001])
    func roundTrip(length: Int) {
        let payload = ByteBuffer(bytes: (0..<length).map { UInt8(truncatingIfNeeded: $0) })
        var random = SystemRandomNumberGenerator()
        for (mask, role) in [(nil, Role.client), (MaskingKey.random(using: &random), .server)] {
            let frame = FrameEncoder.frame(.binary, payload, mask: mask)
            #expect(frame.readableBytes == FrameEncoder.headerSize(payload: length, masked: mask != nil) + length)
            var decoder = FrameDecoder(role: role, maximumMessageSize: 1 << 20)
            decoder.append(frame)
            #expect(decoder.next() == .binary(payload))
        }
    }

    @Test("the example of RFC 6455, 5.7, comes out byte for byte")
    func example() {
        let masked = FrameEncoder.frame(.text, ByteBuffer(string: "Hello"), mask: MaskingKey(0x37, 0xFA, 0x21, 0x3D))
        #expect(Array(masked.readableBytesView) == [0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58])
    }

    @Test("a close reason that is too long is cut at a character")
    func closeReason() {
        let frame = FrameEncoder.close(.slow, reason: String(repeating: "ñ", count: 100))
        var decoder = FrameDecoder(role: .client, maximumMessageSize: 10)
        decoder.append(frame)
        #expect(decoder.next() == .close(.slow, reason: String(repeating: "ñ", count: 61)))
    }

    @Test("a masking key goes on where a part of the payload ended", arguments: 1...17)
    func keyTurns(cut: Int) {
        var whole: [UInt8] = Array(0..<40)
        var parts = whole
        var key = MaskingKey(1, 2, 3, 4)
        whole.withUnsafeMutableBytes { key.apply(to: $0) }
        key = MaskingKey(1, 2, 3, 4)
        parts.withUnsafeMutableBytes { bytes in
            key.apply(to: UnsafeMutableRawBufferPointer(rebasing: bytes[..<cut]))
            key.apply(to: UnsafeMutableRawBufferPointer(rebasing: bytes[cut...]))
        }
        #expect(whole == parts)
        let expected = (0..<40).map { (index: UInt8) -> UInt8 in index ^ (index % 4 + 1) }
        #expect(whole == expected)
    }
}

@Suite("Opening handshake")
struct OpeningHandshakeTests {
    @Test("a key is answered as in RFC 6455, 1.3")
    func accept() {
        #expect(OpeningHandshake.accept(key: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }

    @Test("a key is base64 of 16 bytes")
    func keys() {
        var random = SystemRandomNumberGenerator()
        #expect(OpeningHandshake.isValid(key: OpeningHandshake.randomKey(using: &random)))
        for key in ["", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ=A", "dGhlIHNhbXBsZSBub25j*Q=="] {
            #expect(!OpeningHandshake.isValid(key: key))
        }
    }
}
