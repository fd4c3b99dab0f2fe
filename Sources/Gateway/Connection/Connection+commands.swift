import FleetModel
import NIOCore

extension Connection {
    /// Publishes on their way at once; more are refused, so that a slow Redis cannot fill the memory.
    private static let maximumPendingPublishes = 1_024

    func receive(command text: ByteBuffer) {
        do throws(CommandFault) {
            let message = try ClientMessage(text)
            note(message.command)
            try perform(message)
        } catch {
            refuse(error)
        }
    }

    private func perform(_ message: ClientMessage) throws(CommandFault) {
        do throws(CommandFault) {
            try perform(message.command, message.id)
        } catch {
            throw error.about(message.id)
        }
    }

    private func perform(_ command: ClientCommand, _ messageID: String?) throws(CommandFault) {
        switch command {
        // Joining and leaving concerns Redis too, so that rooms have a budget of their own.
        case .subscribe(let rooms): if spend(joins: rooms.count) { try subscribe(rooms) }
        case .unsubscribe(let rooms): if spend(joins: rooms.count) { unsubscribe(rooms) }
        case .authenticate(let token): try authenticate(token)
        case .ping: reply(ServerEnvelope.pong(now: shard.wallClock()))
        case .pong: break
        case .ack(let messageID): shard.acknowledge(messageID, by: self)
        case .resume(let room, let position):
            if spend(joins: 1) { try resume(room, from: position, messageID) }
        case .publish(let publication): try publish(publication)
        }
    }

    func refuse(_ fault: CommandFault) {
        reply(ServerEnvelope.error(fault, now: shard.wallClock()))
    }

    private func subscribe(_ rooms: [RoomName]) throws(CommandFault) {
        try checkJoining(rooms)
        if let room = rooms.first(where: { (membership(of: $0)?.ticket ?? 0) != 0 }) { throw .alreadyJoined(room) }
        shard.join(rooms, self) { [self] degraded in
            guard phase == .open else { return }
            reply(
                ServerEnvelope.subscribed(
                    rooms, total: roomCount, positions: shard.positions(of: rooms), now: shard.wallClock(),
                    degraded: degraded))
        }
    }

    private func checkJoining(_ rooms: [RoomName]) throws(CommandFault) {
        try checkAccess(rooms)
        let limit = shard.policy.limits.roomsPerConnection
        guard shard.roomsAfterJoining(rooms, self) <= limit else {
            throw CommandFault(.tooManyRooms, "a connection can be in \(limit) rooms; leave some first")
        }
    }

    private func unsubscribe(_ rooms: [RoomName]) {
        noteLeaving(rooms)
        shard.leave(rooms, self)
        reply(ServerEnvelope.subscribed([], total: roomCount, now: shard.wallClock(), degraded: false))
    }

    private func publish(_ publication: Publication) throws(CommandFault) {
        guard shard.mayPublish(to: publication.channel, identity) else {
            throw CommandFault(.forbidden, "none of your roles may publish")
        }
        guard pendingPublishes < Self.maximumPendingPublishes else {
            throw CommandFault(.overloaded, "\(Self.maximumPendingPublishes) messages wait for Redis; send it again")
        }
        let (id, payload) = publication.completed(now: shard.wallClock())
        shard.counters.messagesIn[publication.criticality(shard.policy.rules)] += 1
        pendingPublishes += 1
        shard.publish(payload, id: id, to: publication.channel) { [self] outcome in
            pendingPublishes -= 1
            if phase == .open { answer(outcome, id) }
        }
    }

    private func answer(_ outcome: PublicationOutcome, _ id: String) {
        let now = shard.wallClock()
        switch outcome {
        case .published: reply(ServerEnvelope.published(id, now: now))
        case .degraded: reply(ServerEnvelope.published(id, now: now, degraded: true))
        case .streamed(let publication): reply(ServerEnvelope.published(id, publication, now: now))
        case .throttled:
            let words = "an operator throttles the room; publish it again later, and less"
            refuse(CommandFault(.throttled, words).about(id))
        case .unavailable:
            let words = "Redis did not confirm the message; publish it again with the same message_id"
            refuse(CommandFault(.unavailable, words).about(id))
        }
    }
}

// MARK: - Coming back

extension Connection {
    private func resume(_ room: RoomName, from position: StreamPosition, _ messageID: String?) throws(CommandFault) {
        guard shard.hasStream(room) else {
            throw CommandFault(
                .notSupported, "no history is kept of '\(room)': missed messages cannot be replayed; subscribe to it")
        }
        guard membership(of: room) == nil else { throw .alreadyJoined(room) }
        try checkJoining([room])
        guard backlog?.roomsLeft.contains(room) != true else {
            throw CommandFault(.overloaded, "messages of '\(room)' from before you left it still wait; take them first")
        }
        shard.resume(room, from: position, messageID, self)
    }

    func tell(_ result: ResumeResult, of room: RoomName) {
        reply(ServerEnvelope.resumed(room, result, now: shard.wallClock()))
    }

    /// Writes what was missed, ahead of anything of the room that is delivered from here on.
    func replay(_ missed: [Delivery]) {
        // More than may wait for it closes it, and nothing may follow the close frame.
        for delivery in missed where phase == .open {
            if isBehind {
                var message = OutboundMessage(delivery)
                // Its latency is not that of delivery.
                message.publishedAt = .now()
                hold(message)
            } else {
                shard.counters.messagesOut[delivery.criticality] += 1
                put(delivery.frame)
            }
        }
        context?.flush()
    }

    /// Notes rooms left of which messages still wait: coming back to one would bring those twice.
    private func noteLeaving(_ rooms: [RoomName]) {
        guard rooms.contains(where: shard.hasStream) else { return }
        shard.flushPending(of: self)
        backlog?.roomsLeft.formUnion(rooms)
    }
}

extension CommandFault {
    static func unavailable(_ room: RoomName) -> CommandFault {
        CommandFault(.unavailable, "the stream of '\(room)' cannot be asked; resume again in a moment")
    }

    fileprivate static func alreadyJoined(_ room: RoomName) -> CommandFault {
        CommandFault(.alreadyJoined, "you are in '\(room)', or come back to it already")
    }
}

// MARK: - Whom it is

extension Connection {
    var roomCount: Int {
        memberships.reduce(0) { $0 + ($1.group.room == nil ? 0 : 1) }
    }

    func membership(of room: RoomName) -> Membership? {
        memberships.first { $0.group.room == room }
    }

    /// Whether it is among whom a message is for.
    func matches(_ audience: Audience) -> Bool {
        if let user = audience.user, identity.userID != user { return false }
        if let role = audience.role, !identity.roles.contains(role) { return false }
        return audience.room.map { membership(of: $0)?.ticket == 0 } ?? true
    }

    /// Whether it belonged to one of these audiences when they were served.
    func wasServed(_ served: [ServedAudience]) -> Bool {
        served.contains { matches($0.audience) && $0.sequence > joinedAfter($0.audience) }
    }

    /// It belonged to an audience from when the last of its groups was joined; a role may have come with a later token.
    func joinedAfter(_ audience: Audience) -> UInt64 {
        let room = audience.room.flatMap { membership(of: $0)?.joinedAfter } ?? openedAfter
        let role = audience.role.flatMap { membership(of: .role($0))?.joinedAfter } ?? openedAfter
        return max(room, role, openedAfter)
    }

    private func membership(of channel: BackplaneChannel) -> Membership? {
        memberships.first { $0.group.channel == channel }
    }
}
