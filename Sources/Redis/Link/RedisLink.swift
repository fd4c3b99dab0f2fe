import Logging
import NIOCore
import NIOPosix

/// What becomes of a link over its life, any number of times.
enum RedisLinkEvent {
    case up
    case push(PubSubPush)
    /// A dial failed or the connection was lost; the link tries again by itself.
    case down(reason: String)
}

/// One connection to Redis that is made again whenever it ends, until it is stopped.
/// Everything here happens on one event loop.
final class RedisLink {
    private let settings: Settings
    private let eventLoop: any EventLoop
    private let events: (RedisLinkEvent) -> Void
    private var logger: Logger
    private var state: LinkState
    private var random = SystemRandomNumberGenerator()
    private var channel: (any Channel)?
    /// Set while the connection is ready for commands.
    private var connection: RedisConnection?
    private var isOutageLogged = false
    private var stopPromises: [EventLoopPromise<Void>] = []
    /// Why there is no connection; for errors.
    private(set) var lastReason = "it has not been dialled yet"

    struct Settings: Sendable {
        var url: RedisURL
        /// Shown by CLIENT LIST; without spaces.
        var name: String
        var isSubscriber = false
        var timeouts = RedisTimeouts()
        var backoff = Backoff()
    }

    init(
        settings: Settings, eventLoop: any EventLoop, logger: Logger, events: @escaping (RedisLinkEvent) -> Void
    ) {
        self.settings = settings
        self.eventLoop = eventLoop
        self.logger = logger
        self.logger[metadataKey: "redis"] = "\(settings.url)"
        self.logger[metadataKey: "connection"] = "\(settings.name)"
        self.events = events
        state = LinkState(backoff: settings.backoff)
    }

    func start() {
        perform(state.start())
    }

    /// Fails at once when there is no connection.
    func send(_ command: ByteBuffer, promise: EventLoopPromise<RESPValue>) {
        guard let connection else { return promise.fail(RedisError.notConnected(lastReason)) }
        connection.send(command, promise: promise)
    }

    /// Sends what pushes answer; nothing happens without a connection.
    func sendWithoutReply(_ command: ByteBuffer) {
        connection?.sendWithoutReply(command)
    }

    /// Ends the connection, to be made again.
    func drop(reason: String) {
        connection?.close(reason: reason)
    }

    /// - Returns: succeeded once nothing is open any more.
    func stop() -> EventLoopFuture<Void> {
        let promise = eventLoop.makePromise(of: Void.self)
        stopPromises.append(promise)
        lastReason = "it was shut down here"
        switch state.stop() {
        case .finished: finishStop()
        case .close: channel?.close(promise: nil)
        }
        return promise.futureResult
    }
}

// MARK: - Dialling

extension RedisLink {
    private func perform(_ action: LinkState.TimeAction) {
        switch action {
        case .none: break
        case .dial: dial()
        }
    }

    private func dial() {
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(settings.timeouts.connect))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .connect(host: settings.url.host, port: settings.url.port)
            .assumeIsolated()
            .whenComplete { self.dialled($0) }
    }

    private func dialled(_ result: Result<any Channel, any Error>) {
        do {
            let channel = try result.get()
            self.channel = channel
            try channel.pipeline.syncOperations.addHandler(makeConnection())
            if !stopPromises.isEmpty { channel.close(promise: nil) }
        } catch {
            ended(reason: DialFailure.words(for: error))
        }
    }

    /// The handler comes into a channel that is connected, so that each successful dial has one end and not more.
    private func makeConnection() -> RedisConnection {
        let connectionSettings = RedisConnection.Settings(
            handshake: HandshakeStep.steps(url: settings.url, name: settings.name), timeouts: settings.timeouts,
            isSubscriber: settings.isSubscriber)
        return RedisConnection(settings: connectionSettings) { self.handle($1, from: $0) }
    }
}

// MARK: - Events

extension RedisLink {
    private func handle(_ event: RedisConnectionEvent, from connection: RedisConnection) {
        switch event {
        case .push(let push): events(.push(push))
        case .ready: opened(connection)
        case .closed(let reason): ended(reason: reason)
        }
    }

    private func opened(_ connection: RedisConnection) {
        switch state.opened(at: .now()) {
        case .close: connection.close(reason: "the link was stopped")
        case .announce:
            self.connection = connection
            logUp()
            events(.up)
        }
    }

    private func ended(reason: String) {
        connection = nil
        channel = nil
        switch state.ended(at: .now(), random: &random) {
        case .none: break
        case .finished: finishStop()
        case .retry(let wait):
            lastReason = reason
            logDown(reason: reason, wait: wait)
            events(.down(reason: reason))
            eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { self.waitIsOver() }
        }
    }

    private func waitIsOver() {
        perform(state.waitIsOver())
    }

    private func finishStop() {
        for promise in stopPromises { promise.succeed() }
        stopPromises = []
    }

    private func logUp() {
        if isOutageLogged {
            logger.notice("Redis is reachable again")
        } else {
            logger.debug("connected to Redis")
        }
        isOutageLogged = false
    }

    /// One warning an outage; its further failures are for whoever debugs.
    private func logDown(reason: String, wait: Duration) {
        logger.log(
            level: isOutageLogged ? .debug : .warning, "no connection to Redis; it is tried again",
            metadata: ["reason": "\(reason)", "retry_after": "\(wait)"])
        isOutageLogged = true
    }
}
