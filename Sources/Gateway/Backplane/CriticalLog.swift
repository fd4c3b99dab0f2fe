import FleetModel
import NIOCore

/// A message's place in its room's stream: the id of a Redis stream entry, `<milliseconds>-<number>`.
package struct StreamOffset: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let milliseconds: UInt64
    package let number: UInt64

    package init(milliseconds: UInt64, number: UInt64) {
        self.milliseconds = milliseconds
        self.number = number
    }

    /// - Returns: nil for text that is no entry id.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let milliseconds = UInt64(parts[0]), let number = UInt64(parts[1]) else { return nil }
        self.init(milliseconds: milliseconds, number: number)
    }

    package var description: String { "\(milliseconds)-\(number)" }

    package static func < (left: Self, right: Self) -> Bool {
        (left.milliseconds, left.number) < (right.milliseconds, right.number)
    }
}

/// How far someone has read a room: an offset means nothing without the epoch of the stream it is of.
package struct StreamPosition: Hashable, Sendable {
    /// Changes when the stream is lost.
    package var epoch: String
    package var offset: StreamOffset

    package init(epoch: String, offset: StreamOffset) {
        self.epoch = epoch
        self.offset = offset
    }
}

/// One message as its stream keeps it: the envelope as it was published, without the stream's own fields.
package struct StreamEntry: Sendable, Equatable {
    package var offset: StreamOffset
    /// nil for the entry that every stream begins with, which is no message.
    package var payload: ByteBuffer?

    package init(offset: StreamOffset, payload: ByteBuffer?) {
        self.offset = offset
        self.payload = payload
    }
}

/// What a stream answers to a reader.
package struct StreamPage: Sendable, Equatable {
    package var epoch: String
    /// From the offset asked for on, that one included where it is still there, in order, at most as many as asked
    /// for. Empty only where there is no stream, or none that reaches so far.
    package var entries: [StreamEntry]
    /// There may be entries behind the last one: the page ended at the limit, or at a bound on its bytes.
    package var hasMore: Bool

    package init(epoch: String, entries: [StreamEntry], hasMore: Bool = false) {
        self.epoch = epoch
        self.entries = entries
        self.hasMore = hasMore
    }
}

/// Where a published message went.
package struct StreamPublication: Sendable, Equatable {
    package var position: StreamPosition
    /// The message id was published before, there; nothing was published now.
    package var isDuplicate: Bool

    package init(position: StreamPosition, isDuplicate: Bool) {
        self.position = position
        self.isDuplicate = isDuplicate
    }
}

/// The streams behind rooms whose messages must not be lost. Every call fails rather than waits while Redis is away.
package protocol CriticalLog: Sendable {
    /// Publishes atomically: idempotency by message id, entry, Pub/Sub. Fails also where the message is in the stream
    /// but not on enough replicas; publishing the same id again is then right.
    func publish(
        _ payload: ByteBuffer, messageID: String, to room: RoomName, _ policy: StreamPolicy
    ) -> EventLoopFuture<StreamPublication>

    /// The top of each stream, in the order of `rooms`. A room without a stream gets one, with its first entry.
    func positions(of rooms: [RoomName], _ policy: StreamPolicy) -> EventLoopFuture<[StreamPosition]>

    /// Entries from `offset` on, that one included.
    func entries(of room: RoomName, from offset: StreamOffset, limit: Int) -> EventLoopFuture<StreamPage>

    /// Forgets a room's stream: the next publication begins another, with another epoch.
    func remove(_ room: RoomName) -> EventLoopFuture<Void>
}
