import FleetModel
import NIOCore

/// Delivery takes turns with everything else of the loop: reading from Redis and from clients, and timers.
extension LoopShard {
    /// How long a turn is: what arrives in it waits so long at most, and a critical message is written next.
    private static let turnLength = TimeAmount.milliseconds(2)
    /// SwiftNIO runs tasks that are due until there is none, and only then looks at its sockets. A task that is due a
    /// moment later is not due at the end of this one, so that the sockets come first.
    private static let pause = TimeAmount.microseconds(10)
    /// Clients that catch up are given part of what waits for them in each turn, so many at most.
    private static let drainedPerTurn = 16

    private enum Step {
        case writeCritical
        case write
        case gather
    }

    /// Has what was queued written when the events at hand are handled.
    func scheduleTurn() {
        guard !isTurnScheduled else { return }
        isTurnScheduled = true
        loop.assumeIsolated().execute { [self] in takeTurn() }
    }

    private func takeTurn() {
        let end = NIODeadline.now() + Self.turnLength
        flush(criticalTick, until: end)
        drainClients()
        while let step = nextStep, NIODeadline.now() < end { perform(step, until: end) }
        guard nextStep != nil || !draining.isEmpty else {
            isTurnScheduled = false
            return
        }
        loop.assumeIsolated().scheduleTask(in: Self.pause) { [self] in takeTurn() }
    }

    private var nextStep: Step? {
        if !criticalTick.isEmpty { return .writeCritical }
        if tick.isEmpty { return intake.isEmpty ? nil : .gather }
        return tick.isFlushing || isTickGathered || intake.isEmpty ? .write : .gather
    }

    private func perform(_ step: Step, until end: NIODeadline) {
        switch step {
        case .writeCritical: flush(criticalTick, until: end)
        case .write: flush(tick, until: end)
        case .gather: gather(until: end)
        }
    }

    func flush(_ tick: Tick, until end: NIODeadline) {
        guard !tick.isEmpty else { return }
        let written = tick.flush(until: end)
        let now = NIODeadline.now()
        for (message, takers) in written { counters.wrote(message, takers: takers, at: now) }
    }

    /// Queues messages for clients until the tick has enough of them.
    private func gather(until end: NIODeadline) {
        isTickGathered = false
        let before = intake.bytes
        defer { load.addIntake(intake.bytes - before) }
        repeat {
            guard let next = intake.first else { return }
            if tick.isFull(for: next.frame) {
                isTickGathered = true
                return
            }
            guard let delivery = intake.popFirst() else { return }
            if admits(delivery) { queue(delivery, in: tick) }
        } while NIODeadline.now() < end
    }

    private func drainClients() {
        for _ in 0..<min(draining.count, Self.drainedPerTurn) {
            guard let client = draining.popFirst() else { return }
            client.backlog?.isDraining = false
            drain(client)
        }
    }

    /// Writes part of what waits for a client, and the rest in the turns that follow.
    func drain(_ client: Connection) {
        guard client.drainBacklog(), let box = client.backlog, !box.isDraining else { return }
        box.isDraining = true
        draining.append(client)
        scheduleTurn()
    }
}
