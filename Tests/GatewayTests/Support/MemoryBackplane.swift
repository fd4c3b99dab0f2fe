import NIOCore
import Synchronization

@testable import Gateway

/// Stands in for Redis between the workers of a test.
final class MemoryBroker: Sendable {
    private let members = Mutex<[MemoryBackplane]>([])
    private let losing = Mutex(false)

    /// Whether what is published reaches nobody.
    var isLosing: Bool {
        get { losing.withLock { $0 } }
        set { losing.withLock { $0 = newValue } }
    }

    func join(_ member: MemoryBackplane) { members.withLock { $0.append(member) } }

    func publish(_ payload: ByteBuffer, to channel: String) {
        if isLosing { return }
        for member in members.withLock({ $0 }) { member.receive(payload, from: channel) }
    }

    func publish(_ text: String, to channel: String) { publish(ByteBuffer(string: text), to: channel) }
}

/// One worker's link to the broker; a test says when it is connected and when it confirms.
final class MemoryBackplane: Backplane {
    private struct State {
        var loop: (any EventLoop)?
        var events: (@Sendable (BackplaneEvent) -> Void)?
        var channels: Set<String> = []
        var isConnected: Bool
        var confirms: Bool
        var roundTrip: Duration?
    }

    private let broker: MemoryBroker
    private let state: Mutex<State>

    init(_ broker: MemoryBroker, connected: Bool = true, confirms: Bool = true) {
        self.broker = broker
        state = Mutex(State(isConnected: connected, confirms: confirms))
        broker.join(self)
    }

    var channels: Set<String> { state.withLock(\.channels) }

    /// Whether subscriptions are confirmed at once; those withheld are confirmed when it is set.
    var confirms: Bool {
        get { state.withLock(\.confirms) }
        set {
            let channels = state.withLock { state in
                state.confirms = newValue
                return newValue ? state.channels : []
            }
            report(channels.map { .confirmed(channel: $0) })
        }
    }

    /// As long as it has a connection.
    var roundTrip: Duration? {
        get { state.withLock(\.roundTrip) }
        set { state.withLock { $0.roundTrip = newValue } }
    }

    func connect() {
        let channels = state.withLock { state in
            state.isConnected = true
            return state.confirms ? state.channels : []
        }
        report([.connected] + channels.map { .confirmed(channel: $0) })
    }

    func lose() {
        state.withLock { $0.isConnected = false }
        report([.lost(reason: "connection reset")])
    }

    func start(on eventLoop: any EventLoop, events: @escaping @Sendable (BackplaneEvent) -> Void) {
        let isConnected = state.withLock { state in
            state.loop = eventLoop
            state.events = events
            return state.isConnected
        }
        report([isConnected ? .connected : .lost(reason: "connection refused")])
    }

    func subscribe(_ channels: [String]) {
        let confirmed = state.withLock { state in
            state.channels.formUnion(channels)
            return state.isConnected && state.confirms ? channels : []
        }
        report(confirmed.map { .confirmed(channel: $0) })
    }

    func unsubscribe(_ channels: [String]) {
        state.withLock { $0.channels.subtract(channels) }
    }

    func publish(_ payload: ByteBuffer, to channel: String) -> EventLoopFuture<Void> {
        let (loop, isConnected) = state.withLock { ($0.loop, $0.isConnected) }
        guard let loop else { preconditionFailure("publish before start") }
        guard isConnected else { return loop.makeFailedFuture(ChannelError.ioOnClosedChannel) }
        broker.publish(payload, to: channel)
        return loop.makeSucceededVoidFuture()
    }

    func shutdown() -> EventLoopFuture<Void> {
        let loop = state.withLock { state in
            state.channels = []
            return state.loop
        }
        guard let loop else { preconditionFailure("shutdown before start") }
        return loop.makeSucceededVoidFuture()
    }

    func receive(_ payload: ByteBuffer, from channel: String) {
        let listens = state.withLock { $0.isConnected && $0.channels.contains(channel) }
        if listens { report([.message(channel: channel, payload: payload)]) }
    }

    private func report(_ news: [BackplaneEvent]) {
        let (loop, events) = state.withLock { ($0.loop, $0.events) }
        loop?.execute { for event in news { events?(event) } }
    }
}
