/// What all workers together recorded, by class and in steps of time: every message once, however samples fall.
///
/// It is made of the differences of each worker's histogram from step to step, added up bucket by bucket. A worker that
/// begins anew, or is heard for the first time, counts from that sample on.
package struct LatencyFlow: Sendable, Equatable {
    /// What was recorded in a stretch of time.
    package struct Share: Sendable, Equatable {
        /// From workers that tell classes apart, and of that the part of the upper classes.
        package private(set) var classified = LatencyHistogram()
        private var byClass = LatencyByClass()
        /// From workers of a version that does not.
        private var unclassified = LatencyHistogram()

        package init() {}

        package var all: LatencyHistogram {
            var all = classified
            all.merge(unclassified)
            return all
        }

        package func histogram(of criticality: Criticality) -> LatencyHistogram {
            byClass.histogram(of: criticality, whole: classified)
        }

        fileprivate mutating func add(from mark: LatencyMark, to sample: SharedSample) {
            guard let before = mark.byClass, let after = sample.value.latencyByClass else {
                unclassified.addGrowth(from: mark.latency, to: sample.value.latency)
                return
            }
            guard classified.addGrowth(from: mark.latency, to: sample.value.latency) else { return }
            byClass.critical.addGrowth(from: before.critical, to: after.critical)
            byClass.important.addGrowth(from: before.important, to: after.important)
        }

        fileprivate mutating func merge(_ other: Share) {
            classified.merge(other.classified)
            byClass.critical.merge(other.byClass.critical)
            byClass.important.merge(other.byClass.important)
            unclassified.merge(other.unclassified)
        }
    }

    /// Adding up the histograms of a thousand workers goes through megabytes: once a second would be felt.
    package static let step: Duration = .seconds(5)
    /// Percentiles are taken over this many steps.
    private static let windowSteps = 2

    private var current = Share()
    /// The latest last.
    private var steps: [Share] = []
    /// When the last step ended.
    package private(set) var steppedAt: UnixTime?

    /// Of the last step that is whole.
    package var latest: LatencyHistogram { steps.last?.all ?? LatencyHistogram() }

    /// Of the last steps together: ten seconds.
    package var window: Share { steps.reduce(into: Share()) { $0.merge($1) } }

    /// What a worker recorded since it was marked.
    mutating func add(from mark: LatencyMark?, to sample: SharedSample?) {
        guard let mark, let sample, mark.startedAt == sample.value.startedAt else { return }
        current.add(from: mark, to: sample)
    }

    /// - Returns: whether a step is over: then every worker's growth is to be added, and the step to be ended.
    func isStepOver(at now: UnixTime) -> Bool {
        guard let steppedAt else { return true }
        return steppedAt.slot(Self.step) != now.slot(Self.step)
    }

    mutating func endStep(at now: UnixTime) {
        steppedAt = now
        steps.append(current)
        if steps.count > Self.windowSteps { steps.removeFirst() }
        current = Share()
    }
}

/// A worker's histograms as they were when they were last added up.
struct LatencyMark: Sendable, Equatable {
    let startedAt: UnixTime
    let latency: LatencyHistogram
    let byClass: LatencyByClass?

    init(_ sample: SharedSample) {
        startedAt = sample.value.startedAt
        latency = sample.value.latency
        byClass = sample.value.latencyByClass
    }
}

extension UnixTime {
    /// Which stretch of a length the moment lies in, counted from 1970: charts do not tremble as they move on.
    package func slot(_ length: Duration) -> Int64 { microseconds / max(1, length.wholeMicroseconds) }
}
