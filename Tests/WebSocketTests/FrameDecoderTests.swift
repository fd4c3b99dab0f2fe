import NIOCore
import Testing

@testable import WebSocket

@Suite("Decoding frames")
struct FrameDecoderTests {
    private static let key = MaskingKey(0x37, 0xFA, 0x21, 0x3D)

    /// The wire of a conversation that holds every kind of event.
    private static let conversation: (wire: ByteBuffer, events: [FrameDecoder.Event]) = {
        let long = ByteBuffer(repeating: UInt8(ascii: "x"), count: 300)
        let longest = ByteBuffer(repeating: 7, count: 70_000)
        var wire = ByteBuffer()
        FrameEncoder.append(.text, ByteBuffer(string: "grüße, 世界 🌍"), mask: key, to: &wire)
        FrameEncoder.append(.text, ByteBuffer(bytes: [0xE4, 0xB8]), final: false, mask: key, to: &wire)
        FrameEncoder.append(.ping, ByteBuffer(string: "between"), mask: key, to: &wire)
        FrameEncoder.append(.continuation, ByteBuffer(), final: false, mask: key, to: &wire)
        FrameEncoder.append(.continuation, ByteBuffer(bytes: [0x96]), mask: key, to: &wire)
        FrameEncoder.append(.text, long, mask: key, to: &wire)
        FrameEncoder.append(.binary, longest, mask: key, to: &wire)
        FrameEncoder.append(.text, ByteBuffer(), mask: key, to: &wire)
        FrameEncoder.append(.pong, ByteBuffer(), mask: key, to: &wire)
        wire.writeImmutableBuffer(FrameEncoder.close(.goingAway, reason: "adiós", mask: key))
        let events: [FrameDecoder.Event] = [
            .text(ByteBuffer(string: "grüße, 世界 🌍")), .ping(ByteBuffer(string: "between")),
            .text(ByteBuffer(string: "世")), .text(long), .binary(longest), .text(ByteBuffer()),
            .pong(ByteBuffer()), .close(.goingAway, reason: "adiós"),
        ]
        return (wire, events)
    }()

    @Test("the same events come out wherever the bytes are cut", arguments: [1, 2, 3, 5, 7, 64, 512, 100_000])
    func chunked(size: Int) {
        let (wire, events) = Self.conversation
        #expect(decode(wire, inPartsOf: size) == events)
    }

    @Test("a header cut at any byte is waited for")
    func cutAnywhere() {
        let frame = FrameEncoder.frame(.text, ByteBuffer(repeating: 65, count: 200), mask: Self.key)
        for cut in 0...frame.readableBytes {
            var (decoder, first, rest) = (server(), frame, frame)
            first = first.readSlice(length: cut) ?? ByteBuffer()
            rest.moveReaderIndex(forwardBy: cut)
            decoder.append(first)
            let early = decoder.next()
            decoder.append(rest)
            #expect((early ?? decoder.next()) == .text(ByteBuffer(repeating: 65, count: 200)), "cut at \(cut)")
        }
    }

    @Test("a client takes unmasked frames and refuses masked ones")
    func clientRole() {
        var decoder = FrameDecoder(role: .client, maximumMessageSize: 100)
        decoder.append(FrameEncoder.frame(.text, ByteBuffer(string: "hello")))
        #expect(decoder.next() == .text(ByteBuffer(string: "hello")))
        decoder.append(FrameEncoder.frame(.text, ByteBuffer(string: "hello"), mask: Self.key))
        #expect(decoder.next() == .failure(.masked))
    }

    @Test(
        "a broken rule fails the connection with its code",
        arguments: [
            ([0xC1, 0x80], ProtocolFailure.reservedBits), ([0x91, 0x80], .reservedBits), ([0x83], .reservedOpcode),
            ([0x8B], .reservedOpcode), ([0x81, 0x05], .unmasked), ([0x09, 0x80], .fragmentedControl),
            ([0x89, 0xFE], .longControl), ([0x80, 0x80], .strayContinuation),
            ([0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80], .interruptedMessage), ([0x81, 0xFE, 0x00, 0x7D], .paddedLength),
            ([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], .paddedLength),
            ([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0], .paddedLength), ([0x88, 0x81, 0, 0, 0, 0, 3], .invalidClose),
            ([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xED], .invalidClose),
            ([0x88, 0x82, 0, 0, 0, 0, 0x0B, 0xB7], .invalidClose),
            ([0x88, 0x83, 0, 0, 0, 0, 0x03, 0xE8, 0xFF], .invalidText), ([0x81, 0x81, 0, 0, 0, 0, 0xC3], .invalidText),
        ] as [([UInt8], ProtocolFailure)])
    func failures(bytes: [UInt8], failure: ProtocolFailure) {
        var decoder = server()
        decoder.append(ByteBuffer(bytes: bytes))
        #expect(decoder.next() == .failure(failure))
        decoder.append(FrameEncoder.frame(.text, ByteBuffer(string: "after"), mask: Self.key))
        #expect(decoder.next() == nil)
    }

    @Test("text that cannot be UTF-8 fails before the frame has arrived")
    func failsFast() {
        var decoder = server()
        decoder.append(ByteBuffer(bytes: [0x81, 0xFE, 0x40, 0x00, 0, 0, 0, 0, 0x61, 0xED, 0xA0]))
        #expect(decoder.next() == .failure(.invalidText))
        #expect(ProtocolFailure.invalidText.code == .invalidPayload)
    }

    @Test("a message over the limit fails at its header, fragments counted together")
    func tooBig() {
        var decoder = FrameDecoder(role: .server, maximumMessageSize: 10)
        decoder.append(ByteBuffer(bytes: [0x82, 0x8B]))
        decoder.append(ByteBuffer(bytes: [0, 0, 0, 0]))
        #expect(decoder.next() == .failure(.tooBig(maximum: 10)))
        decoder = FrameDecoder(role: .server, maximumMessageSize: 10)
        decoder.append(FrameEncoder.frame(.text, ByteBuffer(string: "123456"), final: false, mask: Self.key))
        decoder.append(FrameEncoder.frame(.continuation, ByteBuffer(string: "78901"), mask: Self.key))
        #expect(decoder.next() == .failure(.tooBig(maximum: 10)))
        #expect(ProtocolFailure.tooBig(maximum: 10).code == .messageTooBig)
    }

    @Test("what is missing of a large frame is known")
    func missingPayload() {
        var decoder = server()
        var part = FrameEncoder.frame(.binary, ByteBuffer(repeating: 1, count: 5_000), mask: Self.key)
        decoder.append(part.readSlice(length: 1_008) ?? ByteBuffer())
        #expect(decoder.next() == nil)
        #expect(decoder.missingPayload == 4_000)
    }

    @Test("every reason fits into a close frame")
    func reasons() {
        let failures: [ProtocolFailure] = [
            .reservedBits, .reservedOpcode, .unmasked, .masked, .fragmentedControl, .longControl, .strayContinuation,
            .interruptedMessage, .paddedLength, .invalidClose, .invalidText, .tooBig(maximum: .max),
        ]
        #expect(failures.allSatisfy { $0.reason.utf8.count <= CloseCode.maximumReasonLength })
    }

    private func server() -> FrameDecoder { FrameDecoder(role: .server, maximumMessageSize: 1 << 20) }

    private func decode(_ wire: ByteBuffer, inPartsOf size: Int) -> [FrameDecoder.Event] {
        var (decoder, rest, events) = (server(), wire, [FrameDecoder.Event]())
        while let part = rest.readSlice(length: min(size, rest.readableBytes)), part.readableBytes > 0 {
            decoder.append(part)
            while let event = decoder.next() { events.append(event) }
        }
        return events
    }
}
