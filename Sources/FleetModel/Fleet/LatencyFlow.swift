/// What all workers together recorded, by second and by class: every message once, however samples and ticks fall.
///
/// It is made of the differences of each worker's histogram between its samples, added up bucket by bucket. A worker
/// that begins anew, or is heard for the first time, counts from its next sample on.
package struct LatencyFlow: Sendable, Equatable {
    /// What was recorded in a stretch of time.
    package struct Share: Sendable, Equatable {
        package internal(set) var all = LatencyHistogram()
        /// The part of `all` from workers that tell classes apart, and of that the part of the upper classes.
        package internal(set) var classified = LatencyHistogram()
        package internal(set) var byClass = LatencyByClass()

        package init() {}

        package func histogram(of criticality: Criticality) -> LatencyHistogram {
            byClass.histogram(of: criticality, whole: classified)
        }

        fileprivate mutating func add(from earlier: WorkerSample, to later: WorkerSample) {
            all.addGrowth(from: earlier.latency, to: later.latency)
            guard let before = earlier.latencyByClass, let after = later.latencyByClass else { return }
            classified.addGrowth(from: earlier.latency, to: later.latency)
            byClass.critical.addGrowth(from: before.critical, to: after.critical)
            byClass.important.addGrowth(from: before.important, to: after.important)
        }

        fileprivate mutating func merge(_ other: Share) {
            all.merge(other.all)
            classified.merge(other.classified)
            byClass.critical.merge(other.byClass.critical)
            byClass.important.merge(other.byClass.important)
        }
    }

    /// Since the last tick.
    private var current = Share()
    /// By tick, the latest last.
    private var seconds: [Share] = []

    /// Of the tick that was last.
    package var latest: LatencyHistogram { seconds.last?.all ?? LatencyHistogram() }

    /// Of the last `Fleet.latencyWindow` ticks together.
    package var window: Share { seconds.reduce(into: Share()) { $0.merge($1) } }

    mutating func add(from earlier: WorkerSample, to later: WorkerSample) {
        guard earlier.startedAt == later.startedAt, later.latency.count > earlier.latency.count else { return }
        current.add(from: earlier, to: later)
    }

    mutating func tick() {
        if seconds.count == Fleet.latencyWindow { seconds.removeFirst() }
        seconds.append(current)
        current = Share()
    }
}
