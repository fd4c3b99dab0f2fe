import FleetModel
import Synchronization

/// What waits in a worker, in the backlogs of its clients, for those that come back and for its turn, counted by all
/// its loops together.
final class WorkerLoad: Sendable {
    /// How many loops share the worker's bounds.
    let loops: Int
    private let waiting = Atomic<Int>(0)
    private let intake = Atomic<Int>(0)

    init(loops: Int = 1) {
        self.loops = max(1, loops)
    }

    /// Bytes that wait in backlogs, and that were read for clients that come back.
    var bytes: Int { waiting.load(ordering: .relaxed) }

    func add(_ bytes: Int) { waiting.wrappingAdd(bytes, ordering: .relaxed) }

    /// Bytes that wait in the intakes of its loops.
    var intakeBytes: Int { intake.load(ordering: .relaxed) }

    func addIntake(_ bytes: Int) { intake.wrappingAdd(bytes, ordering: .relaxed) }

    /// Bytes that are left for a class: the last parts are kept for what matters more.
    func spare(for criticality: Criticality, of bound: ByteCount) -> Int {
        Int(Double(bound.bytes) * criticality.partOfBound) - bytes
    }
}

extension Criticality {
    /// How much of the worker's bound may be in use for a message of this class to be kept.
    fileprivate var partOfBound: Double {
        switch self {
        case .critical: 1
        case .important: 0.9
        case .bestEffort: 0.8
        }
    }
}
