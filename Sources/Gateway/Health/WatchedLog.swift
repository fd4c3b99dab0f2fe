import FleetModel
import NIOCore

/// Streams whose publications are timed.
package struct WatchedLog: CriticalLog {
    private let inner: any CriticalLog
    private let watch: RedisWatch

    package init(_ inner: any CriticalLog, watch: RedisWatch) {
        self.inner = inner
        self.watch = watch
    }

    package func publish(
        _ payload: ByteBuffer, messageID: String, to room: RoomName, _ policy: StreamPolicy
    ) -> EventLoopFuture<StreamPublication> {
        watch.time { inner.publish(payload, messageID: messageID, to: room, policy) }
    }

    package func positions(of rooms: [RoomName], _ policy: StreamPolicy) -> EventLoopFuture<[StreamPosition]> {
        inner.positions(of: rooms, policy)
    }

    package func entries(of room: RoomName, from offset: StreamOffset, limit: Int) -> EventLoopFuture<StreamPage> {
        inner.entries(of: room, from: offset, limit: limit)
    }

    package func remove(_ room: RoomName) -> EventLoopFuture<Void> { inner.remove(room) }
}
