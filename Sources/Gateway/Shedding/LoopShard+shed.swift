import FleetModel
import NIOCore
import WebSocket

/// A client that was told to leave, and when it is closed if it has not.
struct Leaver {
    let connection: Connection
    let deadline: NIODeadline
}

extension LoopShard {
    /// Within which a client that was told leaves at a moment of its own choice; the pace spreads them already.
    private static let leaveWithin: Duration = .seconds(1)
    /// After which one that has not left is closed: time to connect elsewhere first, and to leave then.
    private static let patience = TimeAmount.seconds(2)

    /// Clients that may be told to leave: whole, in one of the rooms, and not told yet.
    func stayers(in rooms: RoomPattern?) -> [Connection] {
        guard let rooms else { return connections.compactMap { $0 }.filter(\.mayBeToldToLeave) }
        var seen: Set<ObjectIdentifier> = []
        return groups.values.filter { $0.room.map(rooms.matches) ?? false }.flatMap(\.members)
            .filter { $0.mayBeToldToLeave && seen.insert(ObjectIdentifier($0)).inserted }
    }

    /// Tells up to `count` clients, chosen at random, to come back elsewhere.
    func tellToLeave(_ count: Int, in rooms: RoomPattern?) -> ShedTally {
        var candidates = stayers(in: rooms)
        let number = max(0, min(count, candidates.count))
        let (now, wall) = (NIODeadline.now(), wallClock())
        for index in 0..<number {
            candidates.swapAt(index, Int.random(in: index..<candidates.count))
            let client = candidates[index]
            client.departure = .rebalance
            leavers.append(Leaver(connection: client, deadline: now + Self.patience))
            client.reply(
                ServerEnvelope.reconnect(within: Self.leaveWithin, avoiding: configuration.worker, now: wall))
        }
        return ShedTally(told: number, leaving: leavers.count, matching: candidates.count - number)
    }

    /// A client that was told is gone.
    func noteLeft(_ connection: Connection) {
        if connection.departure != nil { leavers.removeAll { $0.connection === connection } }
    }

    /// Closes those that were told and stayed.
    func closeOverdue(in rooms: RoomPattern?) -> ShedTally {
        let now = NIODeadline.now()
        for leaver in leavers where leaver.deadline <= now {
            leaver.connection.close(
                .rebalance, reason: CloseCode.rebalance.meaning ?? "", planned: .rebalance)
        }
        return ShedTally(told: 0, leaving: leavers.count, matching: stayers(in: rooms).count)
    }
}

extension Connection {
    fileprivate var mayBeToldToLeave: Bool { purpose == .client && phase == .open && departure == nil }
}
