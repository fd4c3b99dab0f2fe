import FleetModel
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

/// One connection to wherever Redis is that is made again whenever it ends, until it is stopped.
/// Everything here happens on one event loop.
final class RedisLink {
    private let settings: Settings
    private let topology: RedisTopology
    private let eventLoop: any EventLoop
    private let events: (RedisLinkEvent) -> Void
    private var logger: Logger
    private var state: LinkState
    private var random = SystemRandomNumberGenerator()
    private var following: RedisTopology.Following?
    /// What is dialled or connected to.
    private var address: RedisAddress?
    private var channel: (any Channel)?
    /// Set while the connection is ready for commands.
    private var connection: RedisConnection?
    /// Ends a dial that has no address yet.
    private var search: Scheduled<Void>?
    private var wait: Scheduled<Void>?
    private var isOutageLogged = false
    private var stopPromises: [EventLoopPromise<Void>] = []
    /// Why there is no connection; for errors.
    private(set) var lastReason = "it has not been dialled yet"

    struct Settings: Sendable {
        /// Shown by CLIENT LIST; without spaces.
        var name: String
        var isSubscriber = false
        var timeouts = RedisTimeouts()
        var backoff = Backoff()
        var roundTrip = RoundTripGauge()
    }

    init(
        settings: Settings, topology: RedisTopology, eventLoop: any EventLoop, logger: Logger,
        events: @escaping (RedisLinkEvent) -> Void
    ) {
        self.settings = settings
        self.topology = topology
        self.eventLoop = eventLoop
        self.logger = logger
        self.logger[metadataKey: "redis"] = "\(topology)"
        self.logger[metadataKey: "connection"] = "\(settings.name)"
        self.events = events
        state = LinkState(backoff: topology.backoff(settings.backoff))
    }

    func start() {
        let link = NIOLoopBound(self, eventLoop: eventLoop)
        following = topology.follow(on: eventLoop) { link.value.heard($0) }
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
        let unfollowed = following.map { topology.unfollow($0) }
        following = nil
        switch state.stop() {
        case .finished: finishStop()
        case .close: closeChannel(reason: lastReason)
        }
        guard let unfollowed else { return promise.futureResult }
        return promise.futureResult.and(unfollowed).map { _ in }
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
        guard let address = topology.primaryAddress else { return awaitAddress() }
        self.address = address
        let link = NIOLoopBound(self, eventLoop: eventLoop)
        ClientBootstrap(group: eventLoop)
            .connectTimeout(TimeAmount(settings.timeouts.connect))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelOption(.socketOption(.so_keepalive), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try link.value.prepare(channel, for: address) }
            }
            .connect(host: address.host, port: address.port)
            .assumeIsolated()
            .whenComplete { self.dialled($0) }
    }

    /// Kept from before it is connected, so that a dial that nobody answers can be given up.
    private func prepare(_ channel: any Channel, for address: RedisAddress) throws {
        self.channel = channel
        guard let tls = topology.access.tls else { return }
        try channel.pipeline.syncOperations.addHandler(tls.get().handler(for: address.host))
    }

    private func dialled(_ result: Result<any Channel, any Error>) {
        do {
            let channel = try result.get()
            self.channel = channel
            try channel.pipeline.syncOperations.addHandler(makeConnection())
            if !state.isDialWanted { channel.close(promise: nil) }
        } catch {
            ended(reason: DialFailure.words(for: error))
        }
    }

    /// The handler comes into a channel that is connected, so that each successful dial has one end and not more.
    private func makeConnection() -> RedisConnection {
        let access = topology.access
        let connectionSettings = RedisConnection.Settings(
            handshake: access.handshake(name: settings.name), probe: settings.isSubscriber ? .ping : access.probe,
            timeouts: settings.timeouts, roundTrip: settings.roundTrip, isSubscriber: settings.isSubscriber,
            usesTLS: access.tls != nil)
        return RedisConnection(settings: connectionSettings) { self.handle($1, from: $0) }
    }
}

// MARK: - Following the primary

extension RedisLink {
    private func heard(_ news: TopologyNews) {
        switch news {
        case .moved(let address) where search != nil: found(address)
        case .moved(let address): if address != self.address { move(to: address) }
        case .left(let address): if address == self.address { drop(reason: "it is not the primary any more") }
        }
    }

    private func move(to address: RedisAddress) {
        switch state.moved() {
        case .none: break
        case .dial:
            wait?.cancel()
            dial()
        case .close: closeChannel(reason: "the primary is \(address)")
        }
    }

    /// The dial goes on once the address is known, and fails if that takes too long.
    private func awaitAddress() {
        search = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(settings.timeouts.connect)) {
            self.searchIsOver(reason: self.topology.doubt)
        }
    }

    private func found(_ address: RedisAddress) {
        search?.cancel()
        search = nil
        dial()
    }

    private func searchIsOver(reason: String) {
        search = nil
        ended(reason: reason)
    }

    private func closeChannel(reason: String) {
        if let search {
            search.cancel()
            searchIsOver(reason: reason)
        } else if let connection {
            connection.close(reason: reason)
        } else {
            channel?.close(promise: nil)
        }
    }
}

// MARK: - Events

extension RedisLink {
    private func handle(_ event: RedisConnectionEvent, from connection: RedisConnection) {
        switch event {
        case .push(let push): events(.push(push))
        case .ready: opened(connection)
        case .demoted: report { .demoted($0) }
        case .closed(let reason): ended(reason: reason)
        }
    }

    private func opened(_ connection: RedisConnection) {
        switch state.opened(at: .now()) {
        case .close: connection.close(reason: "the connection is not wanted any more")
        case .announce:
            self.connection = connection
            report { .reached($0) }
            logUp()
            events(.up)
        }
    }

    private func ended(reason: String) {
        let wasUp = connection != nil
        (connection, channel) = (nil, nil)
        switch state.ended(at: .now(), random: &random) {
        case .none: break
        case .finished: finishStop()
        case .dial:
            lastReason = reason
            if wasUp { events(.down(reason: reason)) }
            dial()
        case .retry(let wait):
            lastReason = reason
            report { .lost($0) }
            logDown(reason: reason, wait: wait)
            events(.down(reason: reason))
            self.wait = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) { self.waitIsOver() }
        }
    }

    private func report(_ report: (RedisAddress) -> TopologyReport) {
        if let address { topology.take(report(address)) }
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
            metadata: ["reason": "\(reason)", "retry_after": "\(Figures.elapsed(wait))"])
        isOutageLogged = true
    }
}
