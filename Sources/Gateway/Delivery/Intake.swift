import DequeModule
import FleetModel

/// Messages that arrived and wait for their turn to be queued for clients; the important ones first.
///
/// Critical messages never wait here.
struct Intake {
    /// Bytes that keeping a message takes beside its frame.
    static let overhead = 256

    private var important: Deque<Delivery> = []
    private var bestEffort: Deque<Delivery> = []
    /// Frames and what keeping them takes.
    private(set) var bytes = 0
    /// The most that waited at once since it was empty.
    private var peak = 0

    var isEmpty: Bool { important.isEmpty && bestEffort.isEmpty }
    var count: Int { important.count + bestEffort.count }
    /// What `popFirst` takes out next.
    var first: Delivery? { important.first ?? bestEffort.first }

    mutating func add(_ delivery: Delivery) {
        bytes += delivery.intakeCost
        peak = max(peak, count + 1)
        switch delivery.criticality {
        case .critical, .important: important.append(delivery)
        case .bestEffort: bestEffort.append(delivery)
        }
    }

    mutating func popFirst() -> Delivery? {
        guard let delivery = important.popFirst() ?? bestEffort.popFirst() else { return nil }
        bytes -= delivery.intakeCost
        giveBack()
        return delivery
    }

    /// Takes out what is over `limit`, one message a call: the oldest best effort, or else the oldest important.
    mutating func popExcess(over limit: Int) -> Delivery? {
        guard bytes > limit, let delivery = bestEffort.popFirst() ?? important.popFirst() else { return nil }
        bytes -= delivery.intakeCost
        giveBack()
        return delivery
    }

    /// A burst that is over must not keep its memory; a usual turn must not allocate.
    private mutating func giveBack() {
        guard isEmpty else { return }
        if peak > Self.usualCount { self = Intake() }
        peak = 0
    }

    private static let usualCount = 256
}

extension Delivery {
    fileprivate var intakeCost: Int { frame.readableBytes + Intake.overhead }
}
