import NIOCore

/// What becomes of one connection to Redis, in order: at most one `ready`, and at most one `closed` as the last.
enum RedisConnectionEvent {
    case ready
    case push(PubSubPush)
    /// Redis is no primary, though it must be; `closed` follows.
    case demoted
    case closed(reason: String)
}

/// The thin end of a connection: feeds bytes to the parser and events to `ConnectionState`, and does what that says.
/// Everything here happens on the channel's event loop.
final class RedisConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let settings: Settings
    private let events: (RedisConnection, RedisConnectionEvent) -> Void
    private var reader = RESPReader()
    private var state: ConnectionState<EventLoopPromise<RESPValue>>
    private var context: ChannelHandlerContext?
    private var closeReason: String?
    private var nextTick: Scheduled<Void>?
    private var isFlushScheduled = false
    private var hasHeard = false

    struct Settings: Sendable {
        var handshake: [HandshakeStep]
        /// Asked once a ping interval.
        var probe: HandshakeStep
        var timeouts: RedisTimeouts
        var roundTrip: RoundTripGauge
        /// A connection in Pub/Sub hears pushes between the replies.
        var isSubscriber: Bool
        /// Bytes are readable only once TLS stands.
        var usesTLS = false
    }

    /// A handler for a channel that is connected already.
    init(settings: Settings, events: @escaping (RedisConnection, RedisConnectionEvent) -> Void) {
        self.settings = settings
        self.events = events
        state = ConnectionState(
            handshake: settings.handshake, probe: settings.probe, replyTimeout: settings.timeouts.reply, at: .now())
    }

    /// Sends a command; the replies come in the order of the calls.
    func send(_ command: ByteBuffer, promise: EventLoopPromise<RESPValue>) {
        switch state.request(promise, size: command.readableBytes, at: .now()) {
        case .write: write(command)
        case .refuse(let promise, let error): promise.fail(error)
        }
    }

    /// Sends a command that is answered by pushes: SUBSCRIBE or UNSUBSCRIBE.
    func sendWithoutReply(_ command: ByteBuffer) {
        write(command)
    }

    func close(reason: String) {
        if closeReason == nil { closeReason = reason }
        context?.close(promise: nil)
    }

    // MARK: Channel events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        sendCommands(settings.handshake.map(\.command))
        scheduleTick(on: context.eventLoop)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasHeard = true
        do {
            try unwrapInboundIn(data).withUnsafeReadableBytes { try reader.feed($0) }
            while closeReason == nil, let reply = try reader.next() { try receive(reply) }
        } catch {
            close(reason: "\(error)")
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        close(reason: DialFailure.words(for: error))
    }

    /// The one end that comes in every case: a channel closed while it becomes active never turns inactive.
    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        finish()
    }
}

// MARK: - Effects

extension RedisConnection {
    private func receive(_ reply: borrowing RESPReply) throws {
        guard settings.isSubscriber, let push = reply.push else { return perform(try reply.value) }
        guard push != .pong else { return perform(.simple("PONG")) }
        state.receivedPush(at: .now())
        events(self, .push(push))
    }

    private func perform(_ reply: RESPValue) {
        switch state.received(reply, at: .now()) {
        case .none: break
        case .ready:
            events(self, .ready)
            tick()
        case .alive(let roundTrip): settings.roundTrip.answered(after: roundTrip)
        case .complete(let promise, .error(let words)): refuse(promise, words)
        case .complete(let promise, let reply): promise.succeed(reply)
        case .leave(let role): leave(reason: "it is not the primary but a \(role)")
        case .close(let reason): close(reason: reason)
        }
    }

    private func refuse(_ promise: EventLoopPromise<RESPValue>, _ words: String) {
        promise.fail(RedisError.refusal(words))
        if settings.probe == .primary, words.hasPrefix("READONLY") { leave(reason: "it is not the primary any more") }
    }

    private func leave(reason: String) {
        guard closeReason == nil else { return }
        events(self, .demoted)
        close(reason: reason)
    }

    private func scheduleTick(on eventLoop: any EventLoop) {
        nextTick = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(settings.timeouts.ping)) { [weak self] in
            self?.tick()
            self?.scheduleTick(on: eventLoop)
        }
    }

    private func tick() {
        switch state.tick(at: .now()) {
        case .none: break
        case .sendProbe:
            settings.roundTrip.asked(at: .now())
            sendCommands([settings.probe.command])
        case .close where settings.usesTLS && !hasHeard:
            close(reason: "nothing answered the TLS handshake; does it speak TLS?")
        case .close(let reason): close(reason: reason)
        }
    }

    private func sendCommands(_ commands: [RESPCommand]) {
        do {
            for command in commands { write(try command.encoded()) }
        } catch {
            close(reason: "\(error)")
        }
    }

    /// Writes of one turn of the loop leave in one system call.
    private func write(_ command: ByteBuffer) {
        guard let context else { return }
        context.write(wrapOutboundOut(command), promise: nil)
        guard !isFlushScheduled else { return }
        isFlushScheduled = true
        context.eventLoop.assumeIsolated().execute { self.flush() }
    }

    private func flush() {
        isFlushScheduled = false
        context?.flush()
    }

    private func finish() {
        nextTick?.cancel()
        nextTick = nil
        let reason = closeReason ?? "Redis closed the connection"
        closeReason = reason
        settings.roundTrip.lost()
        for promise in state.close() { promise.fail(RedisError.connectionLost(reason)) }
        events(self, .closed(reason: reason))
    }
}
