/// What one client has received, and when it was there to receive: the whole of what it reports at the end.
package struct ClientReceipts: Sendable, Equatable, Codable {
    /// The time from a confirmed subscription to the close of its connection, by `SteadyClock`.
    package struct Session: Sendable, Equatable, Codable {
        package let subscribed: UInt64
        /// nil while it lasts.
        package var closed: UInt64?
        /// The longest that a message took to be received in it, in nanoseconds.
        package var slowest: UInt64 = 0
    }

    package let client: Int
    /// Ascending, at most `maximumSessions`.
    package private(set) var sessions: [Session] = []
    package private(set) var rooms: [RoomReceipts]
    /// Sessions that are no longer listed, and so not accounted for.
    package private(set) var unlistedSessions = 0
    /// Messages of rooms that the client never joined.
    package private(set) var misrouted = 0

    /// A client reconnects with backoff, so this is many hours of a server that keeps failing.
    package static let maximumSessions = 256

    /// Stopped reading, so that nothing is expected of it.
    package var isStuck = false

    package init(client: Int, rooms: [Int]) {
        self.client = client
        self.rooms = rooms.map { RoomReceipts(room: Int32($0)) }
    }

    /// Every room is joined or resumed; which of them anew is told by `joinedAnew`.
    package mutating func subscribed(at time: UInt64) {
        closed(at: time)
        sessions.append(Session(subscribed: time))
        if sessions.count > Self.maximumSessions {
            sessions.removeFirst()
            unlistedSessions += 1
        }
    }

    /// The client gets a room's messages from here on, and none of those before.
    package mutating func joinedAnew(_ room: Int32, at time: UInt64) {
        guard let index = index(of: room) else { return }
        rooms[index].beginAnew(at: time)
    }

    package mutating func markStream(_ room: Int32) {
        guard let index = index(of: room) else { return }
        rooms[index].markStream()
    }

    /// Ends the session that lasts; does nothing without one.
    /// - Parameter slowest: the longest that a message took to be received in it, in nanoseconds.
    package mutating func closed(at time: UInt64, slowest: UInt64 = 0) {
        guard let last = sessions.indices.last, sessions[last].closed == nil else { return }
        sessions[last].closed = time
        sessions[last].slowest = slowest
    }

    package mutating func receive(_ stamp: MessageStamp) {
        guard let index = index(of: stamp.room) else {
            misrouted += 1
            return
        }
        rooms[index].receive(stamp.sequence)
    }

    private func index(of room: Int32) -> Int? {
        for index in rooms.indices where rooms[index].room == room { return index }
        return nil
    }
}
