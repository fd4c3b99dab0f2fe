import Gateway
import NIOCore
import Redis

/// Redis Pub/Sub as the data plane's backplane.
final class RedisBackplane: Backplane {
    private let bus: RedisBus

    init(_ bus: RedisBus) {
        self.bus = bus
    }

    var roundTrip: Duration? { bus.roundTrip }
    var primary: String { bus.primary }

    func start(on eventLoop: any EventLoop, events: @escaping @Sendable (BackplaneEvent) -> Void) {
        bus.start(on: eventLoop) { events(BackplaneEvent($0)) }
    }

    func subscribe(_ channels: [String]) { bus.subscribe(channels) }
    func unsubscribe(_ channels: [String]) { bus.unsubscribe(channels) }

    func publish(_ payload: ByteBuffer, to channel: String) -> EventLoopFuture<Void> {
        bus.publish(payload, to: channel)
    }

    func shutdown() -> EventLoopFuture<Void> { bus.shutdown() }
}

extension BackplaneEvent {
    fileprivate init(_ event: RedisBusEvent) {
        switch event {
        case .connected: self = .connected
        case .lost(let reason): self = .lost(reason: reason)
        case .confirmed(let channel): self = .confirmed(channel: channel)
        case .message(let channel, let payload): self = .message(channel: channel, payload: payload)
        }
    }
}
