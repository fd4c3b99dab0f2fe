import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Carries messages between the workers of a fleet over Redis Pub/Sub: at most once, in order for each publisher.
///
/// It holds two connections, one for commands and one for Pub/Sub, makes them again whenever they end, and subscribes
/// again to everything. Redis may be absent at the start, go away, hang, and come back; nothing has to be restarted.
package final class RedisBus: Sendable {
    private enum Phase {
        case new(SubscriptionLedger)
        case started(NIOLoopBound<BusCore>)
        case stopped
    }

    private let topology: RedisTopology
    private let settings: RedisLink.Settings
    private let logger: Logger
    private let phase = NIOLockedValueBox(Phase.new(SubscriptionLedger()))

    /// - Parameter name: shown by CLIENT LIST, with `-commands` and `-subscriber` behind it; without spaces.
    package init(
        topology: RedisTopology, name: String, logger: Logger, timeouts: RedisTimeouts = RedisTimeouts(),
        backoff: Backoff = Backoff()
    ) {
        self.topology = topology
        self.logger = logger
        settings = RedisLink.Settings(name: name, timeouts: timeouts, backoff: backoff)
    }

    package convenience init(
        url: RedisURL, name: String, logger: Logger, timeouts: RedisTimeouts = RedisTimeouts(),
        backoff: Backoff = Backoff()
    ) {
        let topology = RedisTopology(RedisTarget(url: url), name: name, logger: logger)
        self.init(topology: topology, name: name, logger: logger, timeouts: timeouts, backoff: backoff)
    }

    /// How long Redis took to answer on the commands' connection, or takes already; nil without a connection.
    package var roundTrip: Duration? { settings.roundTrip.value }

    /// `host:port` of the primary as last known; empty before it is.
    package var primary: String { topology.primary }

    /// Begins to connect; a second call does nothing.
    /// - Parameter events: called on `eventLoop` only.
    package func start(on eventLoop: any EventLoop, events: @escaping @Sendable (RedisBusEvent) -> Void) {
        eventLoop.execute { self.startOnLoop(eventLoop, events) }
    }

    /// Asks for the messages of `channels`, now and after every reconnection. Any thread.
    package func subscribe(_ channels: [String]) {
        change { $0.subscribe(channels) }
    }

    /// Takes back `subscribe`. Any thread.
    package func unsubscribe(_ channels: [String]) {
        change { $0.unsubscribe(channels) }
    }

    /// Publishes from any thread; the future is of the event loop.
    ///
    /// Fails at once with `RedisError` when there is no connection: nothing is kept for later.
    package func publish(_ payload: ByteBuffer, to channel: String) -> EventLoopFuture<Void> {
        switch phase.withLockedValue({ $0 }) {
        case .started(let core): Self.publish(payload, to: channel, on: core)
        case .new: Self.failed(.notConnected("the bus has not been started"))
        case .stopped: Self.failed(.shutDown)
        }
    }

    /// Closes both connections; the bus cannot be started again.
    package func shutdown() -> EventLoopFuture<Void> {
        let previous = phase.withLockedValue { phase in
            defer { phase = .stopped }
            return phase
        }
        switch previous {
        case .new, .stopped: return Self.anyLoop.makeSucceededVoidFuture()
        case .started(let core): return core.eventLoop.flatSubmit { core.value.stop() }
        }
    }
}

extension RedisBus {
    private func startOnLoop(_ eventLoop: any EventLoop, _ events: @escaping @Sendable (RedisBusEvent) -> Void) {
        let core: BusCore? = phase.withLockedValue { phase in
            guard case .new(let ledger) = phase else { return nil }
            let core = BusCore(ledger: ledger, eventLoop: eventLoop, logger: logger, events: events)
            phase = .started(NIOLoopBound(core, eventLoop: eventLoop))
            return core
        }
        core?.start(settings, topology)
    }

    private func change(_ body: @escaping @Sendable (inout SubscriptionLedger) -> Void) {
        let core: NIOLoopBound<BusCore>? = phase.withLockedValue { phase in
            switch phase {
            case .new(var ledger):
                body(&ledger)
                phase = .new(ledger)
                return nil
            case .started(let core): return core
            case .stopped: return nil
            }
        }
        core?.eventLoop.execute { core?.value.change(body) }
    }

    private static func publish(
        _ payload: ByteBuffer, to channel: String, on core: NIOLoopBound<BusCore>
    ) -> EventLoopFuture<Void> {
        let promise = core.eventLoop.makePromise(of: RESPValue.self)
        do {
            let command = try RESPCommand("PUBLISH", .text(channel), .bytes(payload)).encoded()
            core.eventLoop.execute { core.value.publish(command, promise: promise) }
        } catch {
            promise.fail(error)
        }
        return promise.futureResult.map { _ in }
    }

    private static var anyLoop: any EventLoop { MultiThreadedEventLoopGroup.singleton.any() }

    private static func failed(_ error: RedisError) -> EventLoopFuture<Void> {
        anyLoop.makeFailedFuture(error)
    }
}
