import FleetModel
import NIOCore

/// The connections of one loop that one channel of the backplane addresses.
final class MemberGroup {
    let channel: BackplaneChannel
    private(set) var members: ContiguousArray<Connection> = []
    /// Whether Redis said that messages of the channel arrive from here on.
    var isConfirmed = false
    /// What was delivered last, where the room has a stream.
    var position: StreamPosition?
    /// Members that nothing is delivered to yet.
    var waitingMembers = 0
    /// Where a room's is in the shard's list of rooms.
    var roomSlot = 0
    /// Those who wait for it to say so.
    var waiting: [Confirmation] = []

    private var number: UInt32 = 0

    init(_ channel: BackplaneChannel) {
        self.channel = channel
    }

    /// Counts the messages that are not critical.
    func nextNumber() -> UInt32 {
        defer { number &+= 1 }
        return number
    }

    var room: RoomName? {
        if case .room(let room) = channel { room } else { nil }
    }

    /// - Parameter ticket: of a connection that waits for what it missed.
    func add(_ connection: Connection, after sequence: UInt64, ticket: UInt32 = 0) {
        let position = Int32(truncatingIfNeeded: members.count)
        if ticket != 0 { waitingMembers += 1 }
        connection.memberships.append(
            Membership(group: self, position: position, ticket: ticket, joinedAfter: sequence))
        members.append(connection)
    }

    /// Takes a connection out in constant time: the last member moves into its place.
    /// - Returns: what it was; nil where it was not in.
    func remove(_ connection: Connection) -> Membership? {
        guard let index = connection.memberships.firstIndex(where: { $0.group === self }) else { return nil }
        let membership = connection.memberships.remove(at: index)
        let last = members.removeLast()
        guard last !== connection else { return membership }
        members[Int(membership.position)] = last
        last.move(to: membership.position, in: self)
        return membership
    }
}

/// That a connection is in a group, and where there.
struct Membership {
    let group: MemberGroup
    var position: Int32
    /// Not 0 while nothing is delivered to it because it waits for what it missed.
    var ticket: UInt32 = 0
    /// Deliveries up to this one were before it joined.
    var joinedAfter: UInt64
}

extension Connection {
    fileprivate func move(to position: Int32, in group: MemberGroup) {
        guard let index = memberships.firstIndex(where: { $0.group === group }) else { return }
        memberships[index].position = position
    }
}

/// Waits until Redis has confirmed several channels, or until that is hopeless for the time being.
final class Confirmation {
    let deadline: NIODeadline
    private var missing: Int
    private var completion: ((_ degraded: Bool) -> Void)?

    init(missing: Int, deadline: NIODeadline, completion: @escaping (_ degraded: Bool) -> Void) {
        self.missing = missing
        self.deadline = deadline
        self.completion = completion
    }

    var isDone: Bool { completion == nil }

    func oneConfirmed() {
        missing -= 1
        if missing == 0 { finish(degraded: false) }
    }

    func giveUp() { finish(degraded: true) }

    private func finish(degraded: Bool) {
        guard let completion else { return }
        self.completion = nil
        completion(degraded)
    }
}
