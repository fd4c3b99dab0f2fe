import AdminAPI
import FleetModel
import Synchronization

/// Events between the link's thread and the reader of the fleet.
final class EventQueue: Sendable {
    private let events = Mutex<[FleetEvent]>([])
    private let pipe: WakeupPipe

    /// A minute of 256 workers. A reader that sleeps longer gets each worker's last sample and every other event.
    static let maximumEvents = 16_384

    init() throws(WakeupPipeFailure) {
        pipe = try WakeupPipe()
    }

    var descriptor: Int32 { pipe.readEnd }

    /// Hands events over and wakes the reader, also when there are none: the wake-up is its tick.
    func deliver(_ new: [FleetEvent]) {
        events.withLock { events in
            // Nearly always the reader has taken everything, and the batch need not be copied.
            if events.isEmpty { events = new } else { events.append(contentsOf: new) }
            if events.count > Self.maximumEvents { events = Self.compacted(events) }
        }
        pipe.signal()
    }

    func takeAll() -> [FleetEvent] {
        pipe.drain()
        return events.withLock { events in
            defer { events = [] }
            return events
        }
    }

    /// Counters go on counting, so that a sample says all that the ones before it said. Should that not suffice, the
    /// oldest go.
    static func compacted(_ events: [FleetEvent]) -> [FleetEvent] {
        var later: Set<WorkerID> = []
        let kept = events.reversed().filter { event in
            guard case .sample(let sample) = event else { return true }
            return later.insert(sample.value.worker).inserted
        }
        return kept.prefix(maximumEvents / 2).reversed()
    }
}
