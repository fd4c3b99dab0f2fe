import FleetModel

/// What the operator has selected on a page, so that an act asked for there begins with it.
enum PageSelection: Sendable, Equatable {
    case none
    case worker(WorkerID)
    case room(RoomName)
    /// The worker is nil where the page does not know who holds it.
    case connection(id: String, on: WorkerID?)
    case breaker(BreakerName, of: WorkerID)
    case throttle(RoomPattern)
}
