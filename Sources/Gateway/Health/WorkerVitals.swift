import FleetModel

/// How a worker is: what is noticed of its loops, its queues and its Redis, several times a second and without asking
/// the loops.
package struct WorkerVitals: Sendable, Equatable {
    /// The worst delay of an event loop within the last second.
    package var loopLag: Duration = .zero
    /// Part of the worker's queue bound in use.
    package var queueShare = 0.0
    package var breakers: [BreakerReport] = []
    /// nil while the worker does all its work.
    package var degradation: DegradationReport?
    package var degradationChangesTotal: UInt64 = 0
    package var redis = RedisReading()

    package init() {}
}
