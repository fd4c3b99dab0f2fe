import FleetModel

/// What clients should have received, held against what they have.
///
/// A message is expected by a client when it was published after the client's subscription was confirmed and so long
/// before its connection closed that it must have arrived: `margin` and as long as the session's slowest message took,
/// for where machine or client are busy, messages wait in the sockets that a close discards. Later ones may have been
/// on their way; those that did not arrive are counted apart, as are those published while the client was away.
///
/// Of a room that the server keeps in a stream, everything from the first subscription to the last close is expected,
/// the time between two connections too. Only what lies before a session that the server declared not recovered is
/// counted apart.
package struct DeliveryAccount: Sendable, Equatable {
    /// How long before a close a message may be published and still be on its way, beyond what the slowest took.
    package static let margin: Duration = .milliseconds(250)

    package private(set) var classes = ByClass(repeating: ClassAccount())
    package private(set) var misrouted: Int = 0
    package private(set) var sessions: Int = 0
    /// Clients that came back at least once.
    package private(set) var clientsThatMoved: Int = 0
    /// Sessions too old to be accounted for one by one.
    package private(set) var unlistedSessions: Int = 0
    /// By the index of the room, for rooms that lost something or gave it out of order or twice.
    package private(set) var faultyRooms: [Int: RoomFaults] = [:]
    /// By the index of the room; rooms beyond it are best effort.
    private let classOfRoom: [Criticality]

    package struct RoomFaults: Sendable, Equatable {
        package var lost = 0
        package var duplicates = 0
        package var outOfOrder = 0

        var isEmpty: Bool { self == RoomFaults() }
    }

    package init(classes: [Criticality] = []) {
        classOfRoom = classes
    }

    /// All classes together.
    package var total: ClassAccount { classes.total }

    package mutating func add(_ client: ClientReceipts, log: PublishLog) {
        sessions += client.sessions.count + client.unlistedSessions
        unlistedSessions += client.unlistedSessions
        clientsThatMoved += client.sessions.count > 1 ? 1 : 0
        misrouted += client.misrouted
        guard !client.isStuck else { return }
        for room in client.rooms {
            var part = ClassAccount(room)
            part.account(room, sessions: client.sessions, log: log)
            classes[criticality(of: room.room)] += part
            note(part, room: Int(room.room))
        }
    }

    private func criticality(of room: Int32) -> Criticality {
        classOfRoom.indices.contains(Int(room)) ? classOfRoom[Int(room)] : .bestEffort
    }

    private mutating func note(_ part: ClassAccount, room: Int) {
        let faults = RoomFaults(lost: part.lost, duplicates: part.duplicates, outOfOrder: part.outOfOrder)
        guard !faults.isEmpty else { return }
        var sum = faultyRooms[room] ?? RoomFaults()
        sum.lost += faults.lost
        sum.duplicates += faults.duplicates
        sum.outOfOrder += faults.outOfOrder
        faultyRooms[room] = sum
    }
}
