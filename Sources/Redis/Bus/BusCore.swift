import Logging
import NIOCore

/// The part of a `RedisBus` that lives on its event loop: two links, and the ledger between them and the caller.
final class BusCore {
    private let eventLoop: any EventLoop
    private let events: @Sendable (RedisBusEvent) -> Void
    private let logger: Logger
    private var commands: RedisLink?
    private var subscriber: RedisLink?
    private var ledger: SubscriptionLedger
    private var health = BusHealth()
    private var isSettleScheduled = false

    /// Channels in one SUBSCRIBE: enough that a room costs no system call of its own, few enough that one command does
    /// not hold up Redis.
    static let channelsPerCommand = 512

    init(
        ledger: SubscriptionLedger, eventLoop: any EventLoop, logger: Logger,
        events: @escaping @Sendable (RedisBusEvent) -> Void
    ) {
        self.ledger = ledger
        self.eventLoop = eventLoop
        self.logger = logger
        self.events = events
    }

    func start(_ settings: RedisLink.Settings, _ topology: RedisTopology) {
        var subscriberSettings = settings
        subscriberSettings.isSubscriber = true
        // The gauge of the bus is that of the commands.
        subscriberSettings.roundTrip = RoundTripGauge()
        commands = makeLink(settings, topology, role: "commands") { $0.commandsHeard($1) }
        subscriber = makeLink(subscriberSettings, topology, role: "subscriber") { $0.subscriberHeard($1) }
        commands?.start()
        subscriber?.start()
    }

    func change(_ body: (inout SubscriptionLedger) -> Void) {
        body(&ledger)
        scheduleSettle()
    }

    func publish(_ command: ByteBuffer, promise: EventLoopPromise<RESPValue>) {
        guard let commands else { return promise.fail(RedisError.shutDown) }
        commands.send(command, promise: promise)
    }

    func stop() -> EventLoopFuture<Void> {
        let links = [commands, subscriber].compactMap { $0?.stop() }
        (commands, subscriber) = (nil, nil)
        return .andAllComplete(links, on: eventLoop)
    }

    private func makeLink(
        _ settings: RedisLink.Settings, _ topology: RedisTopology, role: String,
        heard: @escaping (BusCore, RedisLinkEvent) -> Void
    ) -> RedisLink {
        var settings = settings
        settings.name += "-" + role
        return RedisLink(settings: settings, topology: topology, eventLoop: eventLoop, logger: logger) {
            [weak self] event in
            self.map { heard($0, event) }
        }
    }
}

// MARK: - What the links tell

extension BusCore {
    private func commandsHeard(_ event: RedisLinkEvent) {
        switch event {
        case .push: break
        case .up:
            health.canPublish = true
            tellImproved()
        case .down(let reason):
            health.canPublish = false
            tellWorsened(reason)
        }
    }

    private func subscriberHeard(_ event: RedisLinkEvent) {
        switch event {
        case .push(let push): received(push)
        case .up:
            health.isSubscriberUp = true
            ledger.connected()
            settle()
            tellImproved()
        case .down(let reason):
            health.isSubscriberUp = false
            tellWorsened(reason)
        }
    }

    private func received(_ push: PubSubPush) {
        switch push {
        case .message(let channel, let payload): events(.message(channel: channel, payload: payload))
        case .subscribed(let channel): subscribed(channel)
        case .unsubscribed(let channel):
            ledger.unsubscribed(channel)
            scheduleSettle()
        case .pong: break
        }
    }

    private func subscribed(_ channel: String) {
        if ledger.subscribed(channel) { events(.confirmed(channel: channel)) }
        scheduleSettle()
        tellImproved()
    }

    private func tellImproved() {
        switch health.improved(isRestored: ledger.isRestored) {
        case .connected: events(.connected)
        case .none, .lost: break
        }
    }

    private func tellWorsened(_ reason: String) {
        switch health.worsened() {
        case .lost: events(.lost(reason: reason))
        case .none, .connected: break
        }
    }
}

// MARK: - Settling subscriptions

extension BusCore {
    /// What is asked for in one turn of the loop leaves in few commands.
    private func scheduleSettle() {
        guard !isSettleScheduled else { return }
        isSettleScheduled = true
        eventLoop.assumeIsolated().execute {
            self.isSettleScheduled = false
            self.settle()
        }
    }

    private func settle() {
        guard health.isSubscriberUp else { return }
        let settlement = ledger.settle()
        send("UNSUBSCRIBE", settlement.unsubscribe)
        send("SUBSCRIBE", settlement.subscribe)
        for channel in settlement.answer { events(.confirmed(channel: channel)) }
        // An unsubscribe may have been all that was missing.
        tellImproved()
    }

    private func send(_ name: RESPArgument, _ channels: [String]) {
        do {
            for start in stride(from: 0, to: channels.count, by: Self.channelsPerCommand) {
                let batch = channels[start..<min(start + Self.channelsPerCommand, channels.count)]
                subscriber?.sendWithoutReply(try RESPCommand(name, Array(batch)).encoded())
            }
        } catch {
            subscriber?.drop(reason: "\(error)")
        }
    }
}
