import FleetModel
import NIOCore

extension Connection {
    /// Publishes on their way at once; more are refused, so that a slow Redis cannot fill the memory.
    private static let maximumPendingPublishes = 1_024

    func receive(command text: ByteBuffer) {
        do throws(CommandFault) {
            let command = try ClientCommand(text)
            note(command)
            try perform(command)
        } catch {
            refuse(error)
        }
    }

    private func perform(_ command: ClientCommand) throws(CommandFault) {
        switch command {
        // Joining and leaving concerns Redis too, so that rooms have a budget of their own.
        case .subscribe(let rooms): if spend(joins: rooms.count) { try subscribe(rooms) }
        case .unsubscribe(let rooms): if spend(joins: rooms.count) { unsubscribe(rooms) }
        case .authenticate(let token): try authenticate(token)
        case .ping: reply(ServerEnvelope.pong(now: shard.wallClock()))
        case .pong, .ack: break
        case .resume:
            throw CommandFault(
                .notSupported, "this gateway keeps no history: missed messages cannot be replayed; subscribe again")
        case .publish(let publication): try publish(publication)
        }
    }

    func refuse(_ fault: CommandFault) {
        reply(ServerEnvelope.error(fault, now: shard.wallClock()))
    }

    private func subscribe(_ rooms: [RoomName]) throws(CommandFault) {
        try checkAccess(rooms)
        let limit = shard.policy.limits.roomsPerConnection
        guard shard.roomsAfterJoining(rooms, self) <= limit else {
            throw CommandFault(.tooManyRooms, "a connection can be in \(limit) rooms; leave some first")
        }
        shard.join(rooms, self) { [self] degraded in
            guard phase == .open else { return }
            let now = shard.wallClock()
            reply(ServerEnvelope.subscribed(rooms, total: roomCount, now: now, degraded: degraded))
        }
    }

    private func unsubscribe(_ rooms: [RoomName]) {
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
        shard.publish(payload, to: publication.channel) { [self] degraded in
            pendingPublishes -= 1
            guard phase == .open else { return }
            reply(ServerEnvelope.published(id, now: shard.wallClock(), degraded: degraded))
        }
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
        return audience.room.map { membership(of: $0) != nil } ?? true
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
