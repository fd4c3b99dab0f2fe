/// What one client has received, and when it was there to receive: the whole of what it reports at the end.
package struct ClientReceipts: Sendable, Equatable, Codable {
    /// The time from a confirmed subscription to the close of its connection, by `SteadyClock`.
    package struct Session: Sendable, Equatable, Codable {
        package let subscribed: UInt64
        /// nil while it lasts.
        package var closed: UInt64?
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

    package init(client: Int, rooms: [Int]) {
        self.client = client
        self.rooms = rooms.map { RoomReceipts(room: Int32($0)) }
    }

    package mutating func subscribed(at time: UInt64) {
        closed(at: time)
        sessions.append(Session(subscribed: time))
        if sessions.count > Self.maximumSessions {
            sessions.removeFirst()
            unlistedSessions += 1
        }
        for index in rooms.indices { rooms[index].beginSession() }
    }

    /// Ends the session that lasts; does nothing without one.
    package mutating func closed(at time: UInt64) {
        guard let last = sessions.indices.last, sessions[last].closed == nil else { return }
        sessions[last].closed = time
    }

    package mutating func receive(_ stamp: MessageStamp) {
        for index in rooms.indices where rooms[index].room == stamp.room {
            rooms[index].receive(stamp.sequence)
            return
        }
        misrouted += 1
    }
}
