import FleetModel

/// What clients should have received, held against what they have.
///
/// A message is expected by a client when it was published after the client's subscription was confirmed and not later
/// than `margin` before its connection closed. Messages of the margin may have been on their way when the connection
/// ended; those that did not arrive are counted apart, as are those published while the client was away.
package struct DeliveryAccount: Sendable, Equatable {
    /// How long before a close a message may be published and still be on its way.
    package static let margin: Duration = .milliseconds(250)

    /// Deliveries that were due, each client and room on its own.
    package private(set) var expected: Int = 0
    /// Expected and never received.
    package private(set) var lost: Int = 0
    /// Published within `margin` before a close, and not received.
    package private(set) var inFlightAtClose: Int = 0
    /// Published between two sessions of a client or after its last, and not received later either.
    package private(set) var missedWhileAway: Int = 0
    /// Distinct messages received, also those that were not due.
    package private(set) var received: Int = 0
    package private(set) var duplicates: Int = 0
    package private(set) var outOfOrder: Int = 0
    package private(set) var misrouted: Int = 0
    package private(set) var sessions: Int = 0
    /// Clients that came back at least once.
    package private(set) var clientsThatMoved: Int = 0
    /// Sessions too old to be accounted for one by one.
    package private(set) var unlistedSessions: Int = 0
    /// By the index of the room, for rooms that lost something or gave it out of order or twice.
    package private(set) var faultyRooms: [Int: RoomFaults] = [:]

    package struct RoomFaults: Sendable, Equatable {
        package var lost = 0
        package var duplicates = 0
        package var outOfOrder = 0

        var isEmpty: Bool { self == RoomFaults() }
    }

    package init() {}

    package mutating func add(_ client: ClientReceipts, log: PublishLog) {
        sessions += client.sessions.count + client.unlistedSessions
        unlistedSessions += client.unlistedSessions
        clientsThatMoved += client.sessions.count > 1 ? 1 : 0
        misrouted += client.misrouted
        for room in client.rooms {
            received += Int(room.received)
            let before = lost
            account(room, sessions: client.sessions, log: log)
            note(room, lost: lost - before)
        }
    }

    private mutating func account(_ room: RoomReceipts, sessions: [ClientReceipts.Session], log: PublishLog) {
        lost += Int(room.unlistedLost)
        missedWhileAway += Int(room.unlistedAway)
        for (index, session) in sessions.enumerated() {
            let end = session.closed ?? .max
            let sure = session.closed.map { max(session.subscribed, $0 - min($0, Self.marginNanoseconds)) } ?? .max
            let away = index + 1 < sessions.count ? sessions[index + 1].subscribed : .max
            let due = log.sequences(room: Int(room.room), from: session.subscribed, before: sure)
            expected += due.count - log.unconfirmed(room: Int(room.room), in: due)
            lost += missing(room, due, log)
            inFlightAtClose += missing(room, log.sequences(room: Int(room.room), from: sure, before: end), log)
            missedWhileAway += missing(room, log.sequences(room: Int(room.room), from: end, before: away), log)
        }
    }

    /// Messages that nobody is expected to receive count neither as expected nor as missing.
    private func missing(_ room: RoomReceipts, _ range: Range<UInt32>, _ log: PublishLog) -> Int {
        guard !range.isEmpty else { return 0 }
        let unconfirmed = log.unconfirmedRanges(room: Int(room.room)).reduce(0) {
            let part = $1.clamped(to: range)
            return part.isEmpty ? $0 : $0 + room.missing(in: part)
        }
        return room.missing(in: range) - unconfirmed
    }

    private mutating func note(_ room: RoomReceipts, lost: Int) {
        duplicates += Int(room.duplicates)
        outOfOrder += Int(room.outOfOrder)
        let faults = RoomFaults(lost: lost, duplicates: Int(room.duplicates), outOfOrder: Int(room.outOfOrder))
        guard !faults.isEmpty else { return }
        var sum = faultyRooms[Int(room.room)] ?? RoomFaults()
        sum.lost += faults.lost
        sum.duplicates += faults.duplicates
        sum.outOfOrder += faults.outOfOrder
        faultyRooms[Int(room.room)] = sum
    }

    private static let marginNanoseconds = UInt64(margin.wholeMicroseconds) * 1_000
}
