import FleetModel
import NIOCore

extension LoopShard {
    /// Whether messages of a room are kept in a stream.
    func hasStream(_ room: RoomName) -> Bool { keepsStreams && policy.hasStream(room) }

    /// How long after a message a client can come back for it.
    var resumeWindow: Duration { keepsStreams ? policy.streams.retention : .zero }

    /// Where those of the rooms stand that have a stream, as far as it is known.
    func positions(of rooms: [RoomName]) -> [(room: RoomName, position: StreamPosition)] {
        Set(rooms).sorted().compactMap { room in groups[.room(room)]?.position.map { (room, $0) } }
    }

    /// Notes how far the members of a room are.
    func advance(_ delivery: Delivery, to position: StreamPosition) {
        guard let room = delivery.audience.room else { return }
        groups[.room(room)]?.position = position
    }

    /// Notes a critical message, or an operator's, for those who acknowledge it.
    /// - Parameter later: counts those who miss it although it was handed to them.
    func note(
        _ delivery: Delivery, id: String, handedTo count: Int, missedBy missed: Int, _ later: MissedCount? = nil
    ) {
        guard count + missed > 0 else { return }
        let age = Duration(max(.zero, NIODeadline.now() - delivery.publishedAt))
        ledger.delivered(
            id, of: delivery.audience.room, delivery.position, to: count, missedBy: missed, later,
            at: wallClock().advanced(by: .zero - age))
    }

    /// Only members of a message's room can have got it.
    func acknowledge(_ id: String?, by connection: Connection) {
        let isMember = id.flatMap { ledger.room(of: $0) }.map { connection.membership(of: $0) != nil } ?? true
        guard let id, isMember, ledger.acknowledge(id, slot: connection.slot) else {
            counters.ignoredAcks += 1
            return
        }
        counters.acks += 1
    }
}

// MARK: - Resuming

extension LoopShard {
    /// Joins a room of whose messages the client has read those up to a position; the answer comes with `finish`.
    ///
    /// Until then the client is a member that nothing of the room is delivered to, so that what it missed comes first.
    func resume(
        _ room: RoomName, from position: StreamPosition, _ messageID: String?, _ connection: Connection
    ) {
        lastTicket = lastTicket == .max ? 1 : lastTicket + 1
        resuming += 1
        enter(.room(room), connection, ticket: lastTicket)
        askToResume(
            ResumeRequest(
                shard: self, slot: connection.slot, ticket: lastTicket, messageID: messageID, room: room,
                position: position))
    }

    /// Brings the answer to a client that resumes, in the order of the room's deliveries.
    func finish(_ request: ResumeRequest, _ answer: ResumeAnswer) {
        guard let connection = connections[Int(request.slot)], connection.phase == .open,
            let index = connection.memberships.firstIndex(where: { $0.ticket == request.ticket })
        else { return }
        switch answer {
        case .recovered(let deliveries):
            admit(connection, at: index, from: deliveries.first?.sequence ?? 0)
            replay(deliveries.filter { connection.matches($0.audience) }, request, connection)
        case .lost(let loss, let position):
            admit(connection, at: index, from: 0)
            counters.resumesFailed += 1
            connection.tell(.lost(loss, at: position), of: request.room)
        case .unavailable:
            leave([request.room], connection)
            connection.refuse(.unavailable(request.room).about(request.messageID))
        }
    }

    /// A member that waited leaves, or waits no longer.
    func endWaiting(_ membership: Membership) {
        guard membership.ticket != 0 else { return }
        resuming -= 1
        membership.group.waitingMembers -= 1
    }

    /// - Parameter first: the sequence of the first message in the answer; 0 where it was not delivered here before.
    private func admit(_ connection: Connection, at index: Int, from first: UInt64) {
        endWaiting(connection.memberships[index])
        connection.memberships[index].ticket = 0
        connection.memberships[index].joinedAfter = first == 0 ? lastSequence : first - 1
    }

    /// Whether some of those a message is for wait for what came before it.
    func hasWaitingMembers(_ audience: Audience) -> Bool {
        guard resuming > 0, let room = audience.room else { return false }
        return groups[.room(room)].map { $0.waitingMembers > 0 } ?? false
    }

    private func replay(_ missed: [Delivery], _ request: ResumeRequest, _ connection: Connection) {
        counters.resumesRecovered += 1
        counters.replayed += UInt64(missed.count)
        connection.tell(.recovered(count: missed.count, after: request.position), of: request.room)
        connection.replay(missed)
        guard connection.isOpen else { return }
        for delivery in missed where delivery.criticality == .critical {
            if let id = delivery.messageID { note(delivery, id: id, handedTo: 1, missedBy: 0) }
        }
    }
}
