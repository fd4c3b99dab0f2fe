import FleetModel
import Logging
import NIOCore
import NIOPosix

/// The streams behind rooms whose messages must not be lost: publishing, asking how far they are, and reading.
///
/// Publishes have a connection of their own, since waiting for replicas holds one up; reads have another. Every call
/// fails rather than waits while there is no connection, and may come from any thread; futures are of `eventLoop`.
package final class RedisStreams: Sendable {
    package let eventLoop: any EventLoop
    private let topology: RedisTopology
    private let settings: RedisLink.Settings
    private let logger: Logger
    /// Filled by `start`, emptied by `shutdown`.
    private let running: NIOLoopBoundBox<StreamLinks?>

    /// - Parameter name: shown by CLIENT LIST, with `-publisher` and `-reader` behind it; without spaces.
    package init(
        topology: RedisTopology, name: String, logger: Logger,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any(),
        timeouts: RedisTimeouts = RedisTimeouts(), backoff: Backoff = Backoff()
    ) {
        self.eventLoop = eventLoop
        self.topology = topology
        self.logger = logger
        settings = RedisLink.Settings(name: name, timeouts: timeouts, backoff: backoff)
        running = .makeEmptyBox(valueType: StreamLinks.self, eventLoop: eventLoop)
    }

    package convenience init(
        url: RedisURL, name: String, logger: Logger,
        eventLoop: any EventLoop = MultiThreadedEventLoopGroup.singleton.any()
    ) {
        let topology = RedisTopology(RedisTarget(url: url), name: name, logger: logger, eventLoop: eventLoop)
        self.init(topology: topology, name: name, logger: logger, eventLoop: eventLoop)
    }

    /// Begins to connect; called once.
    package func start() {
        eventLoop.execute { [self] in
            let links = StreamLinks(settings: settings, topology: topology, eventLoop: eventLoop, logger: logger)
            running.value = links
            links.start()
        }
    }

    /// Publishes in one step: entry, message id, Pub/Sub. A message id that is known publishes nothing.
    ///
    /// Fails with `RedisError.notReplicated` where the message is in the stream but not on enough replicas; the same
    /// message id may be published again after every failure.
    package func publish(
        _ envelope: ByteBuffer, messageID: String, to room: RoomName, _ keeping: StreamKeeping
    ) -> EventLoopFuture<StreamReceipt> {
        withLinks { $0.publish(envelope, messageID: messageID, to: room, keeping) }
    }

    /// The last entry of each room's stream, in the order of `rooms`; makes the streams that are not there.
    /// - Parameter retention: how long they stay without being published to or asked for; whole seconds.
    package func places(of rooms: [RoomName], retention: Duration) -> EventLoopFuture<[StreamPlace]> {
        withLinks { $0.places(of: rooms, retention: retention) }
    }

    /// Entries from `offset` on, that one included while it is there; at least one where there is one, at most `limit`.
    package func records(of room: RoomName, from offset: String, limit: Int) -> EventLoopFuture<StreamExcerpt> {
        withLinks { $0.records(of: room, from: offset, limit: limit) }
    }

    /// Forgets a room's stream; message ids of it lapse by themselves.
    package func remove(_ room: RoomName) -> EventLoopFuture<Void> {
        withLinks { $0.remove(room) }
    }

    /// Closes the connections; the value cannot be started again.
    package func shutdown() -> EventLoopFuture<Void> {
        eventLoop.flatSubmit { [self] in
            defer { running.value = nil }
            return running.value?.stop() ?? eventLoop.makeSucceededVoidFuture()
        }
    }

    private func withLinks<Value: Sendable>(
        _ body: @escaping @Sendable (StreamLinks) -> EventLoopFuture<Value>
    ) -> EventLoopFuture<Value> {
        eventLoop.flatSubmit { [self] in
            guard let links = running.value else {
                return eventLoop.makeFailedFuture(RedisError.notConnected("the streams are not started"))
            }
            return body(links)
        }
    }
}
