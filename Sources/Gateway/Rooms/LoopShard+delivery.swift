import FleetModel
import NIOCore

extension LoopShard {
    /// Frames gathered beyond this are written before the tick ends: what one client gets at once stays well under
    /// its bound, however many messages arrive in a tick.
    private static let maximumTickBytes = 256 * 1_024

    /// Queues one message for each client it is for; all are written at the end of the tick.
    func deliver(_ delivery: Delivery) {
        lastSequence = delivery.sequence
        if let position = delivery.position { advance(delivery, to: position) }
        guard let members = candidates(delivery.audience) else { return }
        if tickBytes + delivery.frame.readableBytes > Self.maximumTickBytes { flushTick() }
        tickBytes += delivery.frame.readableBytes
        tick.add(
            TickFrames.Frame(
                buffer: delivery.frame, criticality: delivery.criticality, publishedAt: delivery.publishedAt))
        queue(delivery, for: members)
        if delivery.criticality == .critical, let id = delivery.messageID {
            expectAcks(of: delivery, id: id, from: Int(tick.takersOfLast))
        }
        scheduleFlush()
    }

    /// The smallest group that holds the whole audience; nil when nobody here belongs to it.
    private func candidates(_ audience: Audience) -> ContiguousArray<Connection>? {
        if let user = audience.user { return groups[.user(user)]?.members }
        if let room = audience.room { return groups[.room(room)]?.members }
        if let role = audience.role { return groups[.role(role)]?.members }
        return groups[.everyone]?.members
    }

    private func queue(_ delivery: Delivery, for members: ContiguousArray<Connection>) {
        let isNarrow = delivery.audience.isNarrowerThanItsGroup || hasWaitingMembers(delivery.audience)
        let size = delivery.frame.readableBytes
        for connection in members where connection.phase == .open {
            if isNarrow && !connection.matches(delivery.audience) { continue }
            if !delivery.served.isEmpty && connection.wasServed(delivery.served) {
                counters.duplicatesSuppressed += 1
                continue
            }
            guard !connection.isStalled || hasRoom(connection, size) else {
                counters.drops.add(delivery.criticality, .queueFull)
                continue
            }
            if connection.pending == TickFrames.none { dirty.append(connection) }
            connection.pending = tick.append(to: connection.pending)
        }
    }

    private func hasRoom(_ connection: Connection, _ size: Int) -> Bool {
        connection.bufferedBytes + tick.bytes(connection.pending) + size <= policy.classes.bestEffort.queueBytes.bytes
    }

    private func scheduleFlush() {
        guard !isFlushScheduled, !dirty.isEmpty else { return }
        isFlushScheduled = true
        loop.assumeIsolated().execute { [self] in
            isFlushScheduled = false
            flushTick()
        }
    }

    /// Writes to each client what waits for it, in one write.
    private func flushTick() {
        let clients = dirty
        dirty = []
        for client in clients where client.pending != TickFrames.none {
            let frames = tick.take(client.pending)
            client.pending = TickFrames.none
            client.writeOut(frames)
        }
        countWritten()
        tick.reset()
        tickBytes = 0
    }

    /// Writes one client's frames ahead of the others'.
    func flushPending(of connection: Connection) {
        guard connection.pending != TickFrames.none else { return }
        let frames = tick.take(connection.pending)
        connection.pending = TickFrames.none
        connection.writeOut(frames)
    }

    func dropPending(of connection: Connection) {
        guard connection.pending != TickFrames.none else { return }
        tick.leave(connection.pending)
        connection.pending = TickFrames.none
    }

    private func countWritten() {
        let now = NIODeadline.now()
        for frame in tick.frames where frame.takers > 0 {
            counters.messagesOut[frame.criticality] += frame.takers
            let latency = Duration(max(.zero, now - frame.publishedAt))
            counters.latency[frame.criticality].record(latency, times: frame.takers)
        }
    }
}

extension Audience {
    /// Whether members of the group it is looked up in have to be checked one by one.
    fileprivate var isNarrowerThanItsGroup: Bool {
        (room == nil ? 0 : 1) + (user == nil ? 0 : 1) + (role == nil ? 0 : 1) > 1
    }
}
