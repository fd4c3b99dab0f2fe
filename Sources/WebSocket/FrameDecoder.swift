import NIOCore

/// Turns the bytes of one direction of a connection into messages (RFC 6455, 5 to 7), as a value without I/O.
///
/// Append what arrives, then take events until there is none. A `failure` is the last event: the rest is not looked at.
package struct FrameDecoder: Sendable {
    package enum Event: Sendable, Equatable {
        /// A whole message, valid UTF-8.
        case text(ByteBuffer)
        case binary(ByteBuffer)
        case ping(ByteBuffer)
        case pong(ByteBuffer)
        /// `code` is nil when the frame carried none.
        case close(CloseCode?, reason: String)
        /// The peer broke the protocol: fail the connection with this code (RFC 6455, 7.1.7).
        case failure(ProtocolFailure)
    }

    private let role: Role
    private let maximumMessageSize: Int
    private var input = ByteBuffer()
    private var phase = Phase.header
    private var message: Message?

    /// - Parameters:
    ///   - role: our end; a server demands masked frames, a client unmasked ones.
    ///   - maximumMessageSize: in bytes, of all fragments of a message together.
    package init(role: Role, maximumMessageSize: Int) {
        self.role = role
        self.maximumMessageSize = maximumMessageSize
    }

    /// Payload bytes of the frame under way that have not arrived, for a caller that sizes its reads.
    package var missingPayload: Int {
        guard case .payload(let frame) = phase else { return 0 }
        return max(0, frame.remaining - input.readableBytes)
    }

    package mutating func append(_ bytes: ByteBuffer) {
        guard phase != .failed else { return }
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.writeImmutableBuffer(bytes)
        }
    }

    /// The next event of what was appended; nil when it ends before one.
    package mutating func next() -> Event? {
        do throws(ProtocolFailure) {
            while true {
                switch phase {
                case .failed: return nil
                case .header: guard try readHeader() else { return releaseInput() }
                case .payload(let frame):
                    if let event = try read(frame) { return event }
                    guard case .header = phase else { return releaseInput() }
                }
            }
        } catch {
            self = FrameDecoder(role: role, maximumMessageSize: maximumMessageSize)
            phase = .failed
            return .failure(error)
        }
    }

    /// Gives an emptied buffer back, so that an idle connection holds none.
    private mutating func releaseInput() -> Event? {
        if input.readableBytes == 0 { input = ByteBuffer() }
        return nil
    }
}

extension FrameDecoder {
    private enum Phase: Equatable {
        case header
        case payload(Frame)
        case failed
    }

    /// A frame whose header was read.
    private struct Frame: Equatable {
        var opcode: Opcode
        var isFinal: Bool
        var remaining: Int
        var key: MaskingKey?
    }

    /// A text or binary message under way.
    private struct Message {
        var isText: Bool
        var bytes = ByteBuffer()
        var validator = UTF8Validator()
    }
}

// MARK: - Headers

extension FrameDecoder {
    /// - Returns: false when the header has not arrived in full.
    private mutating func readHeader() throws(ProtocolFailure) -> Bool {
        let start = input.readerIndex
        guard let first: UInt8 = input.getInteger(at: start) else { return false }
        let opcode = try checkedOpcode(first)
        guard let second: UInt8 = input.getInteger(at: start + 1) else { return false }
        try check(opcode, isFinal: first & 0x80 != 0, second: second)
        guard let (length, lengthSize) = try payloadLength(second & 0x7F, at: start + 2) else { return false }
        try checkSize(of: opcode, adding: length)
        var size = 2 + lengthSize
        var key: MaskingKey?
        if role == .server {
            guard let word: UInt32 = input.getInteger(at: start + size, endianness: .host) else { return false }
            key = MaskingKey(wireBytes: word)
            size += 4
        }
        input.moveReaderIndex(forwardBy: size)
        begin(Frame(opcode: opcode, isFinal: first & 0x80 != 0, remaining: length, key: key))
        return true
    }

    private mutating func begin(_ frame: Frame) {
        switch frame.opcode {
        case .text: message = Message(isText: true)
        case .binary: message = Message(isText: false)
        case .continuation, .close, .ping, .pong: break
        }
        phase = .payload(frame)
    }

    private func checkedOpcode(_ first: UInt8) throws(ProtocolFailure) -> Opcode {
        guard first & 0x70 == 0 else { throw .reservedBits }
        guard let opcode = Opcode(rawValue: first & 0x0F) else { throw .reservedOpcode }
        return opcode
    }

    private func check(_ opcode: Opcode, isFinal: Bool, second: UInt8) throws(ProtocolFailure) {
        guard (second & 0x80 != 0) == (role == .server) else { throw role == .server ? .unmasked : .masked }
        switch opcode {
        case .close, .ping, .pong:
            guard isFinal else { throw .fragmentedControl }
            guard second & 0x7F <= 125 else { throw .longControl }
        case .continuation:
            guard message != nil else { throw .strayContinuation }
        case .text, .binary:
            guard message == nil else { throw .interruptedMessage }
        }
    }

    /// The payload's length and the bytes its extended form takes; nil when those have not arrived.
    private func payloadLength(_ short: UInt8, at index: Int) throws(ProtocolFailure) -> (Int, Int)? {
        switch short {
        case 126:
            guard let length: UInt16 = input.getInteger(at: index) else { return nil }
            guard length >= 126 else { throw .paddedLength }
            return (Int(length), 2)
        case 127:
            guard let length: UInt64 = input.getInteger(at: index) else { return nil }
            guard length > 0xFFFF, length <= UInt64(Int.max) else { throw .paddedLength }
            return (Int(length), 8)
        default:
            return (Int(short), 0)
        }
    }

    private func checkSize(of opcode: Opcode, adding length: Int) throws(ProtocolFailure) {
        let before = opcode == .continuation ? message?.bytes.readableBytes ?? 0 : 0
        guard opcode.isControl || length <= maximumMessageSize - before else {
            throw .tooBig(maximum: maximumMessageSize)
        }
    }
}

// MARK: - Payloads

extension FrameDecoder {
    /// - Returns: nil when the frame is not whole, or whole without ending a message.
    private mutating func read(_ frame: Frame) throws(ProtocolFailure) -> Event? {
        frame.opcode.isControl ? try readControl(frame) : try readData(frame)
    }

    private mutating func readControl(_ frame: Frame) throws(ProtocolFailure) -> Event? {
        guard input.readableBytes >= frame.remaining else { return nil }
        var frame = frame
        let payload = takePayload(of: &frame, frame.remaining)
        phase = .header
        switch frame.opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        case .close: return try closeEvent(payload)
        case .continuation, .text, .binary: return nil
        }
    }

    private mutating func readData(_ frame: Frame) throws(ProtocolFailure) -> Event? {
        var frame = frame
        let part = takePayload(of: &frame, min(frame.remaining, input.readableBytes))
        try appendToMessage(part)
        phase = frame.remaining == 0 ? .header : .payload(frame)
        guard frame.remaining == 0, frame.isFinal, let whole = message else { return nil }
        message = nil
        guard whole.isText else { return .binary(whole.bytes) }
        guard whole.validator.isComplete else { throw .invalidText }
        return .text(whole.bytes)
    }

    /// Unmasks the next `count` bytes of the input and takes them.
    private mutating func takePayload(of frame: inout Frame, _ count: Int) -> ByteBuffer {
        if var key = frame.key {
            input.withUnsafeMutableReadableBytes { bytes in
                key.apply(to: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]))
            }
            frame.key = key
        }
        frame.remaining -= count
        return input.readSlice(length: count) ?? ByteBuffer()
    }

    private mutating func appendToMessage(_ part: ByteBuffer) throws(ProtocolFailure) {
        guard part.readableBytes > 0 else { return }
        if message?.isText == true {
            let valid = part.withUnsafeReadableBytes { message?.validator.consume($0) ?? true }
            guard valid else { throw .invalidText }
        }
        if message?.bytes.readableBytes == 0 {
            message?.bytes = part
        } else {
            message?.bytes.writeImmutableBuffer(part)
        }
    }

    /// RFC 6455, 5.5.1 and 7.4.
    private func closeEvent(_ payload: ByteBuffer) throws(ProtocolFailure) -> Event {
        guard payload.readableBytes > 0 else { return .close(nil, reason: "") }
        guard let raw: UInt16 = payload.getInteger(at: payload.readerIndex) else { throw .invalidClose }
        guard CloseCode(rawValue: raw).mayBeSent else { throw .invalidClose }
        let reason = payload.getSlice(at: payload.readerIndex + 2, length: payload.readableBytes - 2) ?? ByteBuffer()
        guard reason.withUnsafeReadableBytes(UTF8Validator.isValid) else { throw .invalidText }
        return .close(CloseCode(rawValue: raw), reason: String(buffer: reason))
    }
}
