import FleetModel
import NIOCore

extension Connection {
    /// Bytes written to the channel at a time once it takes some again: as many as it takes before it says it is full.
    private static let drainStep = 64 * 1_024

    /// Whether messages wait for it outside the channel, or have to.
    var isBehind: Bool { isStalled || backlog != nil }

    /// Keeps a message until the client takes it, as far as its class and the worker allow.
    func hold(_ message: OutboundMessage) {
        guard phase == .open else { return }
        let box = backlog ?? BacklogBox()
        backlog = box
        let policy = shard.policy.classes[message.criticality]
        let spare = shard.load.spare(for: message.criticality, of: shard.policy.queues.workerBytes)
        let before = box.backlog.bytes
        let outcome = box.backlog.add(message, policy, spare: spare)
        shard.load.add(box.backlog.bytes - before)
        settle(message.criticality, outcome)
    }

    private func settle(_ criticality: Criticality, _ outcome: Backlog.Outcome) {
        switch outcome {
        case .queued(let coalesced, let evicted):
            if coalesced > 0 { shard.counters.drops.add(criticality, .coalesced, times: UInt64(coalesced)) }
            if evicted > 0 { shard.counters.drops.add(criticality, .queueFull, times: UInt64(evicted)) }
        case .refused(let reason): shard.counters.drops.add(criticality, reason)
        case .overflow(let reason):
            shard.counters.drops.add(criticality, reason)
            discardWaiting(reason)
            close(.slow, reason: "messages are not taken")
        }
    }

    /// Writes part of what waits, the most critical first.
    /// - Returns: whether more can be written.
    func drainBacklog() -> Bool {
        guard let box = backlog, !isStalled else { return false }
        writeBacklog(box, step: Self.drainStep)
        return backlog != nil && !isStalled
    }

    /// Writes all that waits, before a close frame.
    func writeBacklog() {
        if let backlog { writeBacklog(backlog, step: .max) }
    }

    private func writeBacklog(_ box: BacklogBox, step: Int) {
        let (before, now) = (box.backlog.bytes, NIODeadline.now())
        var batch = ByteBuffer()
        while let message = box.backlog.popFirst(within: batch.readableBytes == 0 ? .max : step - batch.readableBytes) {
            shard.counters.wrote(message, at: now)
            batch.writeImmutableBuffer(message.frame)
        }
        shard.load.add(box.backlog.bytes - before)
        if box.backlog.isEmpty { backlog = nil }
        writeOut(batch)
    }

    /// Gives up what waits for it, counting each message as missed.
    func discardWaiting(_ reason: DropReason) {
        for message in shard.takePending(of: self) { count(message, as: reason) }
        guard let box = backlog else { return }
        shard.load.add(-box.backlog.bytes)
        backlog = nil
        while let message = box.backlog.popFirst() { count(message, as: reason) }
    }

    private func count(_ message: OutboundMessage, as reason: DropReason) {
        message.missed?.count += 1
        shard.counters.drops.add(message.criticality, reason)
    }

    /// Gives up what waits for it, which is lost with the connection.
    func releaseBacklog() {
        guard let box = backlog else { return }
        shard.load.add(-box.backlog.bytes)
        backlog = nil
    }
}
