import NIOCore
import WebSocket

/// Whom a connection tells what happens on it; every call comes on the channel's event loop.
protocol ConnectionOwner: AnyObject {
    /// The server has accepted the upgrade.
    func opened()
    /// A whole message; the bytes are valid during the call only.
    func received(_ message: UnsafeRawBufferPointer, at now: UInt64)
    /// The last call; never before the first byte was sent.
    func ended(_ end: ConnectionEnd)
}

/// One client's end of a WebSocket on a channel: handshake, frames, control frames.
///
/// Whole unfragmented messages are handed over where they lie in the read buffer, without a copy or an allocation;
/// the first frame of another kind gives the rest of the connection to `FrameDecoder`.
final class ClientConnection<Owner: ConnectionOwner>: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Stage {
        case upgrading(UpgradeReply)
        case scanning
        case decoding(FrameDecoder)
        case ended
    }

    private unowned let owner: Owner
    private let request: UpgradeRequest
    private var stage = Stage.ended
    /// The beginning of a frame whose end has not arrived.
    private var partial = ByteBuffer()
    private var context: ChannelHandlerContext?
    private var random = SystemRandomNumberGenerator()
    /// What to report when the channel ends.
    private var end = ConnectionEnd.cut

    init(owner: Owner, request: UpgradeRequest) {
        self.owner = owner
        self.request = request
    }

    // MARK: Sending

    /// Sends one text message; nothing happens when the connection has ended.
    func send(_ text: String) {
        write(.text, ByteBuffer(string: text))
        context?.flush()
    }

    func write(_ opcode: Opcode, _ payload: ByteBuffer) {
        guard let context else { return }
        context.write(wrapOutboundOut(FrameEncoder.frame(opcode, payload, mask: .random(using: &random))), promise: nil)
    }

    func flush() { context?.flush() }

    var isWritable: Bool { context?.channel.isWritable ?? false }

    /// Sends a close frame and waits for the server's.
    func close(_ code: CloseCode) {
        end = .closedByUs
        guard let context else { return }
        context.writeAndFlush(
            wrapOutboundOut(FrameEncoder.close(code, mask: .random(using: &random))), promise: nil)
    }

    /// Ends the connection at once.
    func cut(_ end: ConnectionEnd) {
        self.end = end
        context?.close(promise: nil)
    }

    /// Reads nothing from here on, until the connection ends.
    func stopReading() {
        context?.channel.setOption(.autoRead, value: false).assumeIsolated().whenFailure { _ in self.cut(.cut) }
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func channelActive(context: ChannelHandlerContext) {
        let key = OpeningHandshake.randomKey(using: &random)
        stage = .upgrading(UpgradeReply(accept: OpeningHandshake.accept(key: key)))
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request.text(key: key))), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        receive(unwrapInboundIn(data), at: SteadyClock.now)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stage = .ended
        self.context = nil
        owner.ended(end)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }
}

// MARK: - Receiving

extension ClientConnection {
    private func receive(_ bytes: ByteBuffer, at now: UInt64) {
        switch stage {
        case .upgrading(let reply): upgrade(reply, bytes, now)
        case .scanning: scan(bytes, now)
        case .decoding(let decoder): decode(decoder, bytes, now)
        case .ended: break
        }
    }

    private func upgrade(_ reply: UpgradeReply, _ bytes: ByteBuffer, _ now: UInt64) {
        var reply = reply
        switch reply.read(bytes) {
        case .incomplete: stage = .upgrading(reply)
        case .refused(let status, let wait): cut(.refused(status: status, retryAfter: wait))
        case .notWebSocket: cut(.notWebSocket)
        case .accepted:
            stage = .scanning
            owner.opened()
            if reply.rest.readableBytes > 0 { scan(reply.rest, now) }
        }
    }

    private func scan(_ bytes: ByteBuffer, _ now: UInt64) {
        guard partial.readableBytes > 0 else { return consume(bytes, now) }
        var joined = partial
        partial = ByteBuffer()
        joined.writeImmutableBuffer(bytes)
        consume(joined, now)
    }

    private func consume(_ bytes: ByteBuffer, _ now: UInt64) {
        let (used, isForDecoder) = bytes.withUnsafeReadableBytes { handOver($0, now) }
        guard used < bytes.readableBytes else { return }
        // A copy, so that the channel's large read buffer can be used again at once.
        let rest = ByteBuffer(bytes: bytes.readableBytesView.dropFirst(used))
        if isForDecoder {
            decode(FrameDecoder(role: .client, maximumMessageSize: maximumMessageSize), rest, now)
        } else {
            partial = rest
        }
    }

    /// - Returns: how many bytes are done with, and whether what follows needs the decoder.
    private func handOver(_ bytes: UnsafeRawBufferPointer, _ now: UInt64) -> (used: Int, isForDecoder: Bool) {
        var position = 0
        while position < bytes.count {
            switch FrameScan.at(position, of: bytes) {
            case .message(let payload):
                owner.received(UnsafeRawBufferPointer(rebasing: bytes[payload]), at: now)
                position = payload.upperBound
            case .control(let frame):
                answerControl(ByteBuffer(bytes: bytes[frame]), now)
                position = frame.upperBound
            case .incomplete: return (position, false)
            case .other: return (position, true)
            }
        }
        return (position, false)
    }

    private func answerControl(_ frame: ByteBuffer, _ now: UInt64) {
        var decoder = FrameDecoder(role: .client, maximumMessageSize: 0)
        decoder.append(frame)
        if let event = decoder.next() { handle(event, now) }
    }

    private func decode(_ decoder: FrameDecoder, _ bytes: ByteBuffer, _ now: UInt64) {
        var decoder = decoder
        decoder.append(bytes)
        while let event = decoder.next() { handle(event, now) }
        if case .ended = stage { return }
        stage = .decoding(decoder)
    }

    private func handle(_ event: FrameDecoder.Event, _ now: UInt64) {
        switch event {
        case .text(let message), .binary(let message):
            message.withUnsafeReadableBytes { owner.received($0, at: now) }
        case .pong: break
        case .ping(let payload):
            write(.pong, payload)
            context?.flush()
        case .close(let code, reason: _): answerClose(code)
        case .failure(let failure):
            close(failure.code)
            cut(.brokenProtocol(failure))
        }
    }

    private func answerClose(_ code: CloseCode?) {
        if end != .closedByUs {
            end = .closedByServer(code)
            context?.writeAndFlush(
                wrapOutboundOut(FrameEncoder.close(code, mask: .random(using: &random))), promise: nil)
        }
        context?.close(promise: nil)
    }

    /// The most a delivered message may have; a gateway's limit is far below.
    private var maximumMessageSize: Int { 16 << 20 }
}
