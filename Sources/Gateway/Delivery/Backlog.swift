import FleetModel
import NIOCore

/// What waits for one client that takes less than it is sent: a lane for each class, bounded as the class says.
struct Backlog {
    /// What became of a message, and of others through it.
    enum Outcome: Equatable {
        /// It waits. Older ones with its key were taken out, and as many of the oldest as had to make room.
        case queued(coalesced: Int, evicted: Int)
        /// It is dropped.
        case refused(DropReason)
        /// It is dropped, and the client is to be closed: it would not know what it missed.
        case overflow(DropReason)
    }

    private var critical = BacklogLane()
    private var important = BacklogLane()
    private var bestEffort = BacklogLane()

    var isEmpty: Bool { critical.isEmpty && important.isEmpty && bestEffort.isEmpty }
    /// What all messages count for.
    var bytes: Int { critical.bytes + important.bytes + bestEffort.bytes }
    func count(_ criticality: Criticality) -> Int { self[criticality].count }
    var count: Int { critical.count + important.count + bestEffort.count }

    /// Queues a message behind those of its class.
    /// - Parameter spare: bytes that the worker's bound leaves for messages of this class.
    mutating func add(_ message: OutboundMessage, _ policy: ClassPolicy, spare: Int) -> Outcome {
        self[message.criticality].add(message, policy, spare: spare)
    }

    /// Takes the next message out: the oldest of the most critical class that has one.
    /// - Parameter limit: nil is returned when it is larger than so many bytes.
    mutating func popFirst(within limit: Int = .max) -> OutboundMessage? {
        if !critical.isEmpty { return critical.popFirst(within: limit) }
        if !important.isEmpty { return important.popFirst(within: limit) }
        return bestEffort.popFirst(within: limit)
    }

    private subscript(_ criticality: Criticality) -> BacklogLane {
        get {
            switch criticality {
            case .critical: critical
            case .important: important
            case .bestEffort: bestEffort
            }
        }
        _modify {
            switch criticality {
            case .critical: yield &critical
            case .important: yield &important
            case .bestEffort: yield &bestEffort
            }
        }
    }
}

/// Keeps a backlog outside its connection: nearly all have none, and then a pointer is all it costs.
final class BacklogBox {
    var backlog = Backlog()
    /// Whether the shard writes it out, turn by turn.
    var isDraining = false
    /// Rooms with a stream that the client left while their messages may still wait here.
    var roomsLeft: Set<RoomName> = []
}
