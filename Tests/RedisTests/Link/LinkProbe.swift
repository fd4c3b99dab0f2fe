import NIOCore
import NIOPosix
import Synchronization
import TestSupport

@testable import Redis

/// A link and what it told, on a loop of the process.
final class LinkProbe: Sendable {
    let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
    private let link: NIOLoopBoundBox<RedisLink?>
    private let events = Mutex<[String]>([])

    init(_ server: RedisServer, mustBePrimary: Bool) {
        link = .makeEmptyBox(valueType: RedisLink.self, eventLoop: eventLoop)
        let topology = RedisTopology(
            at: RedisAddress(host: "127.0.0.1", port: server.port), access: NodeAccess(mustBePrimary: mustBePrimary))
        eventLoop.execute { [self] in
            let link = RedisLink(
                settings: RedisLink.Settings(
                    name: "test", timeouts: .short,
                    backoff: Backoff(base: .milliseconds(20), cap: .milliseconds(100))),
                topology: topology, eventLoop: eventLoop, logger: quietLogger
            ) { [self] in hear($0) }
            self.link.value = link
            link.start()
        }
    }

    /// `up`, or why it went down.
    var heard: [String] { events.withLock { $0 } }

    func send(_ command: RESPCommand) {
        eventLoop.execute { [self] in
            let promise = eventLoop.makePromise(of: RESPValue.self)
            // Formatting fails for nothing but its size.
            guard let bytes = try? command.encoded() else { return promise.fail(RedisError.outOfMemory) }
            link.value?.send(bytes, promise: promise)
        }
    }

    func stop() async throws {
        try await eventLoop.flatSubmit { [self] in
            defer { link.value = nil }
            return link.value?.stop() ?? eventLoop.makeSucceededVoidFuture()
        }.get()
    }

    private func hear(_ event: RedisLinkEvent) {
        switch event {
        case .up: events.withLock { $0.append("up") }
        case .down(let reason): events.withLock { $0.append(reason) }
        case .push: break
        }
    }
}
