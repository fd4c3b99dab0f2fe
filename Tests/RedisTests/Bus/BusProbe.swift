import NIOCore
import NIOPosix
import Redis
import Synchronization
import TestSupport

/// A bus and what it told, with short timeouts so that a test need not wait long.
final class BusProbe: Sendable {
    let bus: RedisBus
    private let heard = Mutex<[RedisBusEvent]>([])
    private let strays = Atomic(0)

    convenience init(_ server: RedisServer, channels: [String] = []) throws {
        self.init(
            RedisTopology(RedisTarget(url: try RedisURL(server.url)), name: "test", logger: quietLogger),
            channels: channels)
    }

    init(_ topology: RedisTopology, channels: [String] = []) {
        bus = RedisBus(
            topology: topology, name: "test", logger: quietLogger, timeouts: .short,
            backoff: Backoff(base: .milliseconds(20), cap: .milliseconds(200)))
        bus.subscribe(channels)
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        bus.start(on: eventLoop) { [self] event in
            if !eventLoop.inEventLoop { strays.add(1, ordering: .relaxed) }
            heard.withLock { $0.append(event) }
        }
    }

    /// Events that came on another thread than that of the event loop.
    var eventsOffLoop: Int { strays.load(ordering: .relaxed) }

    var events: [RedisBusEvent] { heard.withLock { $0 } }
    var connections: Int { events.count { if case .connected = $0 { true } else { false } } }
    var losses: Int { events.count { if case .lost = $0 { true } else { false } } }

    var messages: [String] {
        events.compactMap {
            if case .message(let channel, let payload) = $0 { "\(channel): \(String(buffer: payload))" } else { nil }
        }
    }

    func confirmations(of channel: String) -> Int {
        events.count { if case .confirmed(channel) = $0 { true } else { false } }
    }

    func publish(_ text: String, to channel: String) async throws {
        try await bus.publish(ByteBuffer(string: text), to: channel).get()
    }
}

extension RedisTimeouts {
    /// So short that a test need not wait long.
    static let short = RedisTimeouts(
        connect: .milliseconds(500), reply: .milliseconds(400), ping: .milliseconds(100))
}
