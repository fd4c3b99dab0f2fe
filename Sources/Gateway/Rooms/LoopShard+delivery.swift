import FleetModel
import NIOCore

extension LoopShard {
    /// Takes a message in: a critical one is queued for its clients at once, others wait for their turn.
    func deliver(_ delivery: Delivery) {
        lastSequence = max(lastSequence, delivery.sequence)
        if let position = delivery.position { advance(delivery, to: position) }
        guard let group = group(of: delivery.audience), !group.members.isEmpty else { return }
        switch delivery.criticality {
        case .critical: queueNow(delivery, in: criticalTick)
        // Clients that resume are admitted between two messages of a stream: none of those may wait.
        case .important where delivery.position != nil, .bestEffort where delivery.position != nil:
            queueNow(delivery, in: tick)
        case .important, .bestEffort: takeIn(delivery)
        }
        scheduleTurn()
    }

    private func queueNow(_ delivery: Delivery, in tick: Tick) {
        if tick.isFull(for: delivery.frame) { flush(tick, until: .distantFuture) }
        queue(delivery, in: tick)
    }

    private func takeIn(_ delivery: Delivery) {
        let before = intake.bytes
        defer { load.addIntake(intake.bytes - before) }
        intake.add(delivery)
        while let excess = intake.popExcess(over: Int(policy.queues.intakeBytes.bytes) / load.loops) {
            drop(excess, .intakeFull)
        }
    }

    /// Decides once for all clients whether a message is delivered; critical ones always are.
    func admits(_ delivery: Delivery) -> Bool {
        guard let group = group(of: delivery.audience) else { return false }
        if degradation.sheds(delivery.criticality, number: group.nextNumber(), policy.degradation) {
            drop(delivery, .degraded)
            return false
        }
        return true
    }

    /// Counts a message as missed by each client that it was for.
    func drop(_ delivery: Delivery, _ reason: DropReason) {
        guard let group = group(of: delivery.audience) else { return }
        let audience = delivery.audience
        let missed = group.members.count {
            $0.phase == .open && (!audience.isNarrowerThanItsGroup || $0.matches(audience))
        }
        counters.drops.add(delivery.criticality, reason, times: UInt64(missed))
        if delivery.isBroadcast, let id = delivery.messageID { note(delivery, id: id, handedTo: 0, missedBy: missed) }
    }

    /// Counts a publication that was refused as missed by each client of its room here.
    func countThrottled(_ room: RoomName, _ criticality: Criticality) {
        let missed = groups[.room(room)]?.members.count { $0.phase == .open } ?? 0
        counters.drops.add(criticality, .throttled, times: UInt64(missed))
    }

    /// The smallest group that holds the whole audience; nil when nobody here belongs to it.
    private func group(of audience: Audience) -> MemberGroup? {
        if let user = audience.user { return groups[.user(user)] }
        if let room = audience.room { return groups[.room(room)] }
        if let role = audience.role { return groups[.role(role)] }
        return groups[.everyone]
    }

    /// Queues one message for each client it is for.
    func queue(_ delivery: Delivery, in tick: Tick) {
        guard let group = group(of: delivery.audience) else { return }
        let isNarrow = delivery.audience.isNarrowerThanItsGroup || hasWaitingMembers(delivery.audience)
        var takers = 0
        var message = OutboundMessage(delivery)
        if delivery.isBroadcast { message.missed = MissedCount() }
        tick.add(message)
        for connection in group.members where connection.phase == .open {
            if isNarrow && !connection.matches(delivery.audience) { continue }
            if delivery.sequence <= lastJoin && delivery.isBefore(connection) { continue }
            if !delivery.served.isEmpty && connection.wasServed(delivery.served) {
                counters.duplicatesSuppressed += 1
                continue
            }
            takers += 1
            // What the tick has for a client moves to its backlog as a whole; a message must not get there before it.
            if connection.isBehind && !tick.holds(for: connection) {
                connection.hold(message)
            } else {
                tick.append(to: connection)
            }
        }
        guard delivery.criticality == .critical || delivery.isBroadcast, let id = delivery.messageID else { return }
        note(delivery, id: id, handedTo: takers, missedBy: 0, message.missed)
    }

    /// Writes one client's messages ahead of the others'.
    func flushPending(of connection: Connection) {
        criticalTick.write(to: connection)
        tick.write(to: connection)
    }

    /// Takes out what the ticks have for one client.
    func takePending(of connection: Connection) -> [OutboundMessage] {
        criticalTick.takeMessages(of: connection) + tick.takeMessages(of: connection)
    }
}

extension Delivery {
    /// Whether it came in before a client belonged to its audience: it may have waited for its turn since.
    fileprivate func isBefore(_ connection: Connection) -> Bool { sequence <= connection.joinedAfter(audience) }
}

extension Audience {
    /// Whether members of the group it is looked up in have to be checked one by one.
    fileprivate var isNarrowerThanItsGroup: Bool {
        (room == nil ? 0 : 1) + (user == nil ? 0 : 1) + (role == nil ? 0 : 1) > 1
    }
}

extension DegradationLevel {
    /// Whether a message is left out.
    /// - Parameter number: of the message among those of its room.
    fileprivate func sheds(_ criticality: Criticality, number: UInt32, _ policy: DegradationPolicy) -> Bool {
        switch (self, criticality) {
        case (.normal, _), (_, .critical): false
        case (.samplingBestEffort, .bestEffort): number % UInt32(clamping: max(1, policy.sampling)) != 0
        case (.sheddingBestEffort, .bestEffort), (.sheddingImportant, .important), (.sheddingImportant, .bestEffort):
            true
        case (.samplingBestEffort, .important), (.sheddingBestEffort, .important): false
        }
    }
}
