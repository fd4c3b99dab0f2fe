import DequeModule
import FleetModel

/// The messages of one class that wait for one client, oldest first, never more than the class allows.
struct BacklogLane {
    /// A nil is the place of a message that a younger one replaced.
    private var messages: Deque<OutboundMessage?> = []
    /// The place of the first of `messages`, counted since the lane began.
    private var start = 0
    /// Where the message with a key is, counted likewise.
    private var places: [String: Int] = [:]
    private(set) var count = 0
    /// What the messages count for.
    private(set) var bytes = 0

    var isEmpty: Bool { count == 0 }

    /// Queues a message at the end, also where it replaces another: the latest state is delivered when it came, and
    /// what came between the two is not overtaken.
    mutating func add(_ message: OutboundMessage, _ policy: ClassPolicy, spare: Int) -> Backlog.Outcome {
        let limit = Int(policy.queueBytes.bytes)
        guard message.cost <= limit, policy.queueMessages > 0 else {
            return Self.turnedAway(message, policy, .queueFull)
        }
        let coalesced = policy.drop == .coalesce ? removeReplaced(by: message) : 0
        // A message that replaces another adds next to nothing; refusing it would lose the state altogether.
        guard coalesced > 0 || message.cost <= spare else { return Self.turnedAway(message, policy, .workerFull) }
        let isFull = bytes + message.cost > limit || count >= policy.queueMessages
        guard isFull else { return queue(message, coalesced: coalesced, evicted: 0) }
        guard policy.drop != .close else { return Self.turnedAway(message, policy, .queueFull) }
        var evicted = 0
        while bytes + message.cost > limit || count >= policy.queueMessages, let oldest = popFirst() {
            oldest.missed?.count += 1
            evicted += 1
        }
        return queue(message, coalesced: coalesced, evicted: evicted)
    }

    /// - Returns: nil also when the first message is larger than `limit`.
    mutating func popFirst(within limit: Int = .max) -> OutboundMessage? {
        while case .some(nil) = messages.first { removeFirstPlace() }
        guard let first = messages.first, let message = first, message.frame.readableBytes <= limit else { return nil }
        if let key = message.coalesceKey, places[key] == start { places[key] = nil }
        removeFirstPlace()
        count -= 1
        bytes -= message.cost
        return message
    }

    private static func turnedAway(
        _ message: OutboundMessage, _ policy: ClassPolicy, _ reason: DropReason
    ) -> Backlog.Outcome {
        // Of what is critical nothing is lost in silence, whatever its policy.
        message.missed?.count += 1
        let closes = policy.drop == .close || (message.criticality == .critical && reason == .workerFull)
        return closes ? .overflow(reason) : .refused(reason)
    }

    private mutating func queue(_ message: OutboundMessage, coalesced: Int, evicted: Int) -> Backlog.Outcome {
        if let key = message.coalesceKey { places[key] = start + messages.count }
        messages.append(message)
        count += 1
        bytes += message.cost
        return .queued(coalesced: coalesced, evicted: evicted)
    }

    private mutating func removeReplaced(by message: OutboundMessage) -> Int {
        guard let key = message.coalesceKey, let place = places.removeValue(forKey: key),
            let old = messages[place - start]
        else { return 0 }
        messages[place - start] = nil
        old.missed?.count += 1
        count -= 1
        bytes -= old.cost
        closeGaps()
        return 1
    }

    private mutating func removeFirstPlace() {
        messages.removeFirst()
        start += 1
    }

    /// Keeps the places of replaced messages fewer than those of messages.
    private mutating func closeGaps() {
        guard messages.count > 2 * count + 16 else { return }
        let kept = messages.compactMap { $0 }
        messages = Deque(kept.map(Optional.some))
        start = 0
        places = [:]
        for (place, message) in kept.enumerated() {
            if let key = message.coalesceKey { places[key] = place }
        }
    }
}
