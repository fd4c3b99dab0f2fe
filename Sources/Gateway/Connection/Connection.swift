import FleetModel
import NIOCore
import NIOPosix
import WebSocket

/// Who a client is, by its token.
struct Identity: Sendable, Equatable {
    var userID: String?
    var roles: [String] = []
    /// When the token expires; nil where it does not.
    var expiresAt: UnixTime?

    static let anonymous = Identity()
}

/// One client after its handshake: the only handler of its channel, bytes in and whole frames out.
///
/// It belongs to its shard and is used on the shard's loop only.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    enum Purpose {
        case client
        /// Returns each message unchanged, for the conformance suite.
        case echo
    }

    enum Phase {
        /// Waits for the backplane to confirm the channels of its user and roles.
        case opening
        case open
        /// A close frame was sent; what is left is to hear the peer's.
        case closing
        case closed
    }

    /// Whether neither side has begun to close.
    var isOpen: Bool { phase == .opening || phase == .open }

    let id = RandomID()
    let purpose: Purpose
    var identity: Identity
    let connectedAt: UnixTime
    let shard: LoopShard

    var phase = Phase.opening
    var memberships: ContiguousArray<Membership> = []
    /// Deliveries up to this one were before it was open.
    var openedAfter: UInt64 = 0
    /// Frames of this tick that wait for it.
    var pending = TickFrames.none
    /// The critical ones.
    var pendingCritical = TickFrames.none
    /// What waits until it takes messages again; nil while it does.
    var backlog: BacklogBox?
    /// Where the shard keeps it.
    var slot: Int32 = -1
    /// When the timing wheel is to look at it; entries for other ticks are stale.
    var wheelTick: UInt64 = 0
    var liveness: Liveness
    /// Of its most critical room: how its heartbeat is looked after.
    var heartbeatClass = Criticality.bestEffort
    /// A client that was here before; counted once.
    var isReturn = false
    /// Whether it sent a command already.
    var hasSpoken = false
    /// Whether a token it sent is being verified.
    var isAuthenticating = false
    /// Bad tokens in a row.
    var badTokens: UInt8 = 0
    /// Whether it was told that its token expired.
    var isToldOfExpiry = false
    /// What its end is counted as; nil while neither side has said.
    private(set) var closeCode: CloseCode?
    private(set) var plannedClose: PlannedClose?
    /// Why it was told to leave: its end counts as planned, whoever begins it.
    var departure: PlannedClose?
    var pendingPublishes: Int16 = 0

    private(set) var context: ChannelHandlerContext?
    private var decoder: FrameDecoder
    private var budget: InboundBudget
    private(set) var isReading = false
    var isWriting = false
    private var isPaused = false
    private var readsLarge = false
    private(set) var isStalled = false

    init(purpose: Purpose, identity: Identity, shard: LoopShard) {
        self.purpose = purpose
        self.identity = identity
        self.shard = shard
        connectedAt = shard.wallClock()
        let limit = Int(shard.policy.limits.messageBytes.bytes)
        decoder = FrameDecoder(role: .server, maximumMessageSize: limit)
        let now = NIODeadline.now()
        liveness = Liveness(at: now)
        budget = InboundBudget(at: now)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }
    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelInactive(context: ChannelHandlerContext) {
        // What it was sent and did not take is lost with it.
        if phase == .open && isWriting {
            shard.counters.sendErrors.writeFailed += 1
        } else if phase == .open && isBehind {
            shard.counters.sendErrors.unsent += 1
        }
        phase = .closed
        shard.detach(self)
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        isStalled = !context.channel.isWritable
        if isStalled { return liveness.stalled(at: .now(), waiting: bufferedBytes) }
        liveness.flowing()
        setPaused(false)
        shard.drain(self)
    }
}

// MARK: - Reading

extension Connection {
    /// Bytes of a read; more than one only while a large message arrives.
    static let readSize = 512
    private static let largeReadSize = 32 * 1_024

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = NIODeadline.now()
        liveness.heard(at: now)
        shard.lastHeard = now
        decoder.append(fitted(unwrapInboundIn(data)))
        process()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.flush()
    }

    /// Begins to serve what the client sends.
    func open() {
        guard phase == .opening else { return }
        phase = .open
        setReading(true)
        process()
        context?.flush()
    }

    private func process() {
        guard phase != .opening else { return }
        isReading = true
        while phase != .closed, let event = decoder.next() { receive(event) }
        isReading = false
        adaptReads()
    }

    private func receive(_ event: FrameDecoder.Event) {
        switch event {
        case .close(let code, _): peerCloses(code)
        case .failure(let failure): fail(failure)
        case .text, .binary, .ping, .pong:
            guard phase == .open, spend(messages: 1, bytes: event.payloadBytes) else { return }
            receiveMessage(event)
        }
    }

    private func receiveMessage(_ event: FrameDecoder.Event) {
        switch event {
        case .text(let text) where purpose == .echo: reply(FrameEncoder.frame(.text, text))
        case .binary(let bytes) where purpose == .echo: reply(FrameEncoder.frame(.binary, bytes))
        case .text(let text): receive(command: text)
        case .binary: close(.unsupportedData, reason: "gad.v1.json carries text messages only")
        case .ping(let payload): reply(FrameEncoder.frame(.pong, payload))
        case .pong, .close, .failure: break
        }
    }

    /// - Returns: false when the client sent more than it may, and is closed for it.
    func spend(messages: Int = 0, bytes: Int = 0, joins: Int = 0) -> Bool {
        guard purpose == .client else { return true }
        let rates = shard.policy.limits.rates(for: identity)
        guard
            let shortage = budget.spend(messages: messages, bytes: bytes, joins: joins, at: .now(), rates)
        else { return true }
        let words = shortage.words(rates)
        reply(ServerEnvelope.error(CommandFault(.rateLimited, words), now: shard.wallClock()))
        close(.rateLimited, reason: words)
        return false
    }

    /// TLS hands out its own large buffer, which must neither be kept nor be copied as a whole when it is unmasked.
    private func fitted(_ bytes: ByteBuffer) -> ByteBuffer {
        guard shard.configuration.tls != nil else { return bytes }
        var copy = ByteBufferAllocator().buffer(capacity: bytes.readableBytes)
        copy.writeImmutableBuffer(bytes)
        return copy
    }

    /// Reads in larger steps while the rest of a large message is awaited.
    private func adaptReads() {
        let large = decoder.missingPayload > 2 * Self.readSize
        guard large != readsLarge else { return }
        readsLarge = large
        setOption(.recvAllocator, FreshReads(capacity: large ? Self.largeReadSize : Self.readSize))
    }

    /// A client that does not take the answers to what it sends is not read until it does.
    func setPaused(_ paused: Bool) {
        guard paused != isPaused else { return }
        isPaused = paused
        setReading(!paused)
    }

    private func setReading(_ reading: Bool) { setOption(.autoRead, reading) }

    private func setOption<Option: ChannelOption>(_ option: Option, _ value: Option.Value) {
        // It fails on a closed channel only, and there nothing is left to set.
        try? context?.channel.syncOptions?.setOption(option, value: value)
    }
}

// MARK: - Closing

extension Connection {
    /// Starts the close handshake; the connection is cut when the peer does not answer in time.
    func close(_ code: CloseCode, reason: String, planned: PlannedClose? = nil) {
        guard isOpen else { return }
        if code == .slow { discardWaiting(.queueFull) } else { flushWaiting() }
        guard isOpen else { return }
        beginClosing(code, planned: planned)
        reply(FrameEncoder.close(code, reason: reason))
        setPaused(false)
        setReading(true)
    }

    /// Ends the connection without further words.
    func cut() { context?.close(promise: nil) }

    private func beginClosing(_ code: CloseCode, planned: PlannedClose?) {
        phase = .closing
        closeCode = code
        plannedClose = planned
        shard.awaitClose(of: self)
    }

    private func peerCloses(_ code: CloseCode?) {
        if phase == .open {
            flushWaiting()
            beginClosing(code ?? .noCode, planned: nil)
            reply(FrameEncoder.close(code))
        }
        context?.flush()
        cut()
    }

    private func fail(_ failure: ProtocolFailure) {
        shard.counters.protocolErrors += 1
        close(failure.code, reason: failure.reason)
        context?.flush()
        // The peer reads our close frame to its end before it sees the end of the stream; closing at once could
        // reset the connection under it.
        context?.close(mode: .output, promise: nil)
    }
}

extension FrameDecoder.Event {
    fileprivate var payloadBytes: Int {
        switch self {
        case .text(let bytes), .binary(let bytes), .ping(let bytes), .pong(let bytes): bytes.readableBytes
        case .close, .failure: 0
        }
    }
}
