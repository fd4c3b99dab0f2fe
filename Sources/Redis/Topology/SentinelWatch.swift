import Logging
import NIOCore

/// What a watch tells.
enum SentinelWatchEvent: Sendable {
    case news(TopologyNews)
    /// Why no primary is known.
    case doubt(String)
    case announced(SentinelAnnouncement)
}

/// Talks with all Sentinels of a group, and does what `SentinelState` says. Everything here happens on one event loop.
///
/// Each Sentinel costs two connections: one hears its events, on the other it is asked. Whichever Sentinel learns of a
/// failover first is heard.
final class SentinelWatch {
    private let settings: Settings
    private let eventLoop: any EventLoop
    private let logger: Logger
    private let events: (SentinelWatchEvent) -> Void
    private var state: SentinelState
    private var questions: [RedisLink] = []
    private var listeners: [RedisLink] = []
    private var nextTick: Scheduled<Void>?
    private var lastTold: RedisAddress?

    struct Settings: Sendable {
        var group: SentinelGroup
        var access: NodeAccess
        var name: String
        var timeouts: RedisTimeouts
    }

    /// How often Sentinels are asked while there is no connection to the primary.
    static let tick: Duration = .seconds(1)
    private static let backoff = Backoff(cap: tick)

    init(
        settings: Settings, primary: RedisAddress?, eventLoop: any EventLoop, logger: Logger,
        events: @escaping (SentinelWatchEvent) -> Void
    ) {
        self.settings = settings
        self.eventLoop = eventLoop
        self.logger = logger
        self.events = events
        lastTold = primary
        state = SentinelState(count: settings.group.addresses.count, primary: primary)
    }

    func start() {
        for (index, address) in settings.group.addresses.enumerated() {
            listeners.append(makeLink(to: address, isSubscriber: true) { $0.listenerHeard($1, index) })
            questions.append(makeLink(to: address, isSubscriber: false) { $0.questionHeard($1, index) })
        }
        for link in listeners + questions { link.start() }
        scheduleTick()
    }

    func stop() -> EventLoopFuture<Void> {
        nextTick?.cancel()
        let stops = (questions + listeners).map { $0.stop() }
        (questions, listeners) = ([], [])
        return .andAllComplete(stops, on: eventLoop)
    }

    func take(_ report: TopologyReport) { perform(state.take(report)) }

    private func makeLink(
        to address: RedisAddress, isSubscriber: Bool, heard: @escaping (SentinelWatch, RedisLinkEvent) -> Void
    ) -> RedisLink {
        let link = RedisLink.Settings(
            name: settings.name + (isSubscriber ? "-listener" : "-sentinel"), isSubscriber: isSubscriber,
            timeouts: settings.timeouts, backoff: Self.backoff)
        let topology = RedisTopology(at: address, access: settings.access)
        return RedisLink(settings: link, topology: topology, eventLoop: eventLoop, logger: logger) {
            [weak self] event in
            self.map { heard($0, event) }
        }
    }
}

// MARK: - Effects

extension SentinelWatch {
    private func perform(_ actions: [SentinelState.Action]) {
        for action in actions {
            switch action {
            case .ask(let sentinel): ask(sentinel)
            case .tell(let news): tell(news)
            }
        }
    }

    private func tell(_ news: TopologyNews) {
        switch news {
        case .moved(let address):
            // The first time it is found; later it has moved.
            logger.log(
                level: lastTold == nil ? .debug : .notice, "Sentinels name the primary of Redis",
                metadata: ["primary": "\(address)", "before": "\(lastTold.map { "\($0)" } ?? "unknown")"])
            lastTold = address
        case .left(let address):
            logger.notice("a server is not the primary of Redis any more", metadata: ["server": "\(address)"])
        }
        events(.news(news))
    }

    private func ask(_ sentinel: Int) {
        let group = settings.group
        let epoch = send(["SENTINEL", "MASTER", .text(group.master)], to: sentinel).map { SentinelWords.epoch($0) }
            // It is only for comparing: a user that may not read it gets on without.
            .recover { _ in nil }
        send(["SENTINEL", "get-master-addr-by-name", .text(group.master)], to: sentinel)
            .and(epoch)
            .assumeIsolated()
            .whenComplete { self.answered(sentinel, $0) }
    }

    private func send(_ arguments: [RESPArgument], to sentinel: Int) -> EventLoopFuture<RESPValue> {
        let promise = eventLoop.makePromise(of: RESPValue.self)
        do {
            guard questions.indices.contains(sentinel) else { throw RedisError.shutDown }
            questions[sentinel].send(try RESPCommand(arguments).encoded(), promise: promise)
        } catch {
            promise.fail(error)
        }
        return promise.futureResult
    }

    private func answered(_ sentinel: Int, _ result: Result<(RESPValue, Int64?), any Error>) {
        switch result {
        case .failure(let error):
            doubt("\(settings.group.addresses[sentinel]) did not answer: \(error)")
            perform(state.failed(sentinel))
        case .success((let reply, let epoch)):
            guard let primary = SentinelWords.address(reply) else {
                doubt("\(settings.group.addresses[sentinel]) knows no primary called \(settings.group.master)")
                return perform(state.failed(sentinel))
            }
            perform(state.answered(sentinel, SentinelState.Answer(primary: primary, epoch: epoch)))
        }
    }

    /// What one Sentinel answers to several commands, each for itself.
    func answers(
        _ commands: [[RESPArgument]], of sentinel: Int, within limit: Duration?
    ) -> EventLoopFuture<[Result<RESPValue, any Error>]> {
        let replies = commands.map { command in
            let reply = send(command, to: sentinel)
            return limit.map { reply.within($0) } ?? reply
        }
        return EventLoopFuture<RESPValue>.whenAllComplete(replies, on: eventLoop)
    }

    private func doubt(_ words: String) {
        if state.primary == nil { events(.doubt("no Sentinel names the primary: " + words)) }
    }

    private func scheduleTick() {
        perform(state.tick())
        nextTick = eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(Self.tick)) { [weak self] in
            self?.scheduleTick()
        }
    }
}

// MARK: - What the links tell

extension SentinelWatch {
    private func questionHeard(_ event: RedisLinkEvent, _ sentinel: Int) {
        switch event {
        case .up: perform(state.sentinelIsUp(sentinel))
        case .push, .down: break
        }
    }

    private func listenerHeard(_ event: RedisLinkEvent, _ sentinel: Int) {
        switch event {
        case .up: subscribe(listeners[sentinel])
        case .push(.message(let channel, let payload)): heard(channel, String(buffer: payload), from: sentinel)
        case .push(.subscribed), .push(.unsubscribed), .push(.pong), .down: break
        }
    }

    private func subscribe(_ listener: RedisLink) {
        do {
            listener.sendWithoutReply(try RESPCommand("SUBSCRIBE", SentinelWords.channels).encoded())
        } catch {
            listener.drop(reason: "\(error)")
        }
    }

    private func heard(_ channel: String, _ message: String, from sentinel: Int) {
        if SentinelWords.concerns(settings.group.master, channel: channel, message: message) {
            let address = settings.group.addresses[sentinel]
            events(.announced(SentinelAnnouncement(sentinel: address, name: channel, words: message)))
        }
        switch SentinelWords.announcement(channel: channel, message: message, master: settings.group.master) {
        case .switched(let address): perform(state.switched(sentinel, to: address))
        case .step: perform(state.hinted(sentinel))
        case nil: break
        }
    }
}
