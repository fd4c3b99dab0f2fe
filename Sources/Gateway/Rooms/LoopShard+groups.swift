import FleetModel
import NIOCore

extension LoopShard {
    /// How many rooms a connection would be in after joining these.
    func roomsAfterJoining(_ rooms: [RoomName], _ connection: Connection) -> Int {
        connection.roomCount
            + Set(rooms).count { room in
                // By the group's identity: comparing names with every room of a connection would cost their product.
                guard let group = groups[.room(room)] else { return true }
                return !connection.memberships.contains { $0.group === group }
            }
    }

    /// Joins rooms; `completion` is called when nothing published to them from then on is missed.
    func join(_ rooms: [RoomName], _ connection: Connection, completion: @escaping (_ degraded: Bool) -> Void) {
        join(channels: rooms.map { .room($0) }, connection, completion: completion)
        roomsChanged(connection)
    }

    func leave(_ rooms: [RoomName], _ connection: Connection) {
        leave(channels: rooms.map { .room($0) }, connection)
        roomsChanged(connection)
    }

    func leave(channels: [BackplaneChannel], _ connection: Connection) {
        release(channels.compactMap { remove(connection, from: groups[$0]) })
    }

    func leaveAll(_ connection: Connection) {
        release(connection.memberships.map(\.group).compactMap { remove(connection, from: $0) })
    }

    func join(
        channels: [BackplaneChannel], _ connection: Connection, alsoAwaiting others: [BackplaneChannel] = [],
        completion: @escaping (_ degraded: Bool) -> Void
    ) {
        var needed: [BackplaneChannel] = []
        for channel in channels { add(connection, to: channel, &needed) }
        if !needed.isEmpty { need(needed) }
        awaitConfirmation(of: Set(channels + others), completion)
    }

    private func add(_ connection: Connection, to channel: BackplaneChannel, _ needed: inout [BackplaneChannel]) {
        let group = group(channel, &needed)
        guard !connection.memberships.contains(where: { $0.group === group }) else { return }
        group.add(connection, after: lastSequence)
        lastJoin = lastSequence
    }

    /// Joins a channel for the time being without being delivered anything.
    func enter(_ channel: BackplaneChannel, _ connection: Connection, ticket: UInt32) {
        var needed: [BackplaneChannel] = []
        group(channel, &needed).add(connection, after: lastSequence, ticket: ticket)
        lastJoin = lastSequence
        if !needed.isEmpty { need(needed) }
        roomsChanged(connection)
    }

    private func group(_ channel: BackplaneChannel, _ needed: inout [BackplaneChannel]) -> MemberGroup {
        if let group = groups[channel] { return group }
        let group = MemberGroup(channel)
        groups[channel] = group
        if group.room != nil { listRoom(group) }
        needed.append(channel)
        return group
    }

    /// - Returns: the channel, when nobody here needs it any more.
    private func remove(_ connection: Connection, from group: MemberGroup?) -> BackplaneChannel? {
        guard let group else { return nil }
        if let membership = group.remove(connection) { endWaiting(membership) }
        guard group.members.isEmpty, !Exchange.baseChannels.contains(group.channel) else { return nil }
        groups[group.channel] = nil
        if group.room != nil { unlistRoom(group) }
        for confirmation in group.waiting { confirmation.giveUp() }
        return group.channel
    }
}

// MARK: - The list of rooms

extension LoopShard {
    private func listRoom(_ group: MemberGroup) {
        group.roomSlot = roomGroups.count
        roomGroups.append(group)
    }

    /// In constant time: the last room moves into its place.
    private func unlistRoom(_ group: MemberGroup) {
        let last = roomGroups.removeLast()
        guard last !== group else { return }
        roomGroups[group.roomSlot] = last
        last.roomSlot = group.roomSlot
    }
}

// MARK: - Confirmation

extension LoopShard {
    private func awaitConfirmation(
        of channels: Set<BackplaneChannel>, _ completion: @escaping (_ degraded: Bool) -> Void
    ) {
        guard !isDegraded else { return completion(true) }
        let unconfirmed = channels.compactMap { groups[$0] }.filter { !$0.isConfirmed }
        guard !unconfirmed.isEmpty else { return completion(false) }
        let deadline = NIODeadline.now() + TimeAmount(configuration.confirmationTimeout)
        let confirmation = Confirmation(missing: unconfirmed.count, deadline: deadline, completion: completion)
        for group in unconfirmed { group.waiting.append(confirmation) }
        confirmations.append(confirmation)
    }

    func confirmed(_ channels: [ConfirmedChannel]) {
        for channel in channels {
            guard let group = groups[channel.channel] else { continue }
            group.position = channel.position
            guard !group.isConfirmed else { continue }
            group.isConfirmed = true
            let waiting = group.waiting
            group.waiting = []
            for confirmation in waiting { confirmation.oneConfirmed() }
        }
    }

    func backplaneConnected() { isDegraded = false }

    /// What was confirmed is not any more, and whoever waits is served by this worker alone for now.
    func backplaneLost() {
        isDegraded = true
        for group in groups.values {
            group.isConfirmed = false
            group.waiting = []
        }
        giveUpConfirmations { _ in true }
    }

    func expireConfirmations(at now: NIODeadline) {
        guard !confirmations.isEmpty else { return }
        giveUpConfirmations { $0.deadline <= now }
        for group in groups.values where !group.waiting.isEmpty { group.waiting.removeAll(where: \.isDone) }
    }

    private func giveUpConfirmations(_ hopeless: (Confirmation) -> Bool) {
        let pending = confirmations
        confirmations = pending.filter { !$0.isDone && !hopeless($0) }
        for confirmation in pending where hopeless(confirmation) { confirmation.giveUp() }
    }
}
