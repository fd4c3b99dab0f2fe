import FleetModel
import Gateway
import NIOCore
import Redis

/// Redis streams as the log behind rooms whose messages must not be lost.
struct RedisCriticalLog: CriticalLog {
    private let streams: RedisStreams

    /// - Parameter streams: started already.
    init(_ streams: RedisStreams) {
        self.streams = streams
    }

    func publish(
        _ payload: ByteBuffer, messageID: String, to room: RoomName, _ policy: StreamPolicy
    ) -> EventLoopFuture<StreamPublication> {
        streams.publish(payload, messageID: messageID, to: room, StreamKeeping(policy)).flatMapThrowing { receipt in
            StreamPublication(position: try StreamPosition(receipt.place), isDuplicate: receipt.isRepeated)
        }
    }

    func positions(of rooms: [RoomName], _ policy: StreamPolicy) -> EventLoopFuture<[StreamPosition]> {
        streams.places(of: rooms, retention: policy.retention).flatMapThrowing { places in
            try places.map { try StreamPosition($0) }
        }
    }

    func entries(of room: RoomName, from offset: StreamOffset, limit: Int) -> EventLoopFuture<StreamPage> {
        streams.records(of: room, from: "\(offset)", limit: limit).flatMapThrowing { excerpt in
            StreamPage(
                epoch: excerpt.epoch, entries: try excerpt.records.map { try StreamEntry($0) }, hasMore: excerpt.hasMore
            )
        }
    }

    func remove(_ room: RoomName) -> EventLoopFuture<Void> { streams.remove(room) }
}

// MARK: - Translation

extension StreamKeeping {
    fileprivate init(_ policy: StreamPolicy) {
        self.init(
            maximumLength: policy.maximumLength, retention: policy.retention,
            idempotencyWindow: policy.idempotencyWindow, replicas: policy.replicas,
            replicaTimeout: policy.replicaTimeout)
    }
}

extension StreamOffset {
    /// - Throws: `RedisError.unexpectedReply` for text that is no entry id.
    fileprivate init(reply text: String) throws {
        guard let offset = StreamOffset(text) else { throw RedisError.unexpectedReply(to: "a read of a stream") }
        self = offset
    }
}

extension StreamPosition {
    fileprivate init(_ place: StreamPlace) throws {
        self.init(epoch: place.epoch, offset: try StreamOffset(reply: place.offset))
    }
}

extension StreamEntry {
    fileprivate init(_ record: StreamRecord) throws {
        self.init(offset: try StreamOffset(reply: record.offset), payload: record.envelope)
    }
}
