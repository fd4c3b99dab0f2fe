import FleetModel

/// Tells a rush of connects from the usual pace; decides by what it is told, once a second or so.
///
/// The rate is that of the last few seconds, the baseline its exponential mean over a window, which a storm does not
/// teach. A storm begins at once and ends when the rate stayed under half of what began it. Who has just begun to watch
/// knows no usual pace: until it does, nothing is a storm.
struct StormDetector {
    enum Event: Equatable {
        case began(StormReport)
        /// - Parameter peakPerSecond: the highest rate of the storm.
        case ended(lasted: Duration, peakPerSecond: Double)
    }

    /// Seconds over which the rate is taken: long enough that two loops' timers do not make a storm.
    private static let rateWindow: Duration = .seconds(3)
    /// A rate under this part of the threshold counts as calm.
    private static let calmShare = 0.5
    /// Watching that makes a first baseline. The clients of a worker that has just started come within it.
    private static let firstBaseline: Duration = .seconds(15)

    private var marks: [(time: UnixTime, total: UInt64)] = []
    private var baseline = 0.0
    private var watched: Duration = .zero
    private var storm: Storm?

    private struct Storm {
        var since: UnixTime
        var threshold: Double
        var peak: Double
        var calmSince: UnixTime?
    }

    /// nil while clients come at their usual pace.
    private(set) var report: StormReport?

    /// - Parameter total: connects so far; what it grew by is the rate.
    mutating func observe(total: UInt64, at now: UnixTime, _ policy: StormPolicy) -> Event? {
        defer { mark(total, now) }
        guard let first = marks.first, let last = marks.last, now > last.time else { return nil }
        let rate = Self.rate(total - first.total, first.time.duration(to: now))
        if storm != nil { return follow(rate, now, policy) }
        let threshold = max(policy.minimumPerSecond, policy.factor * baseline)
        guard rate >= threshold, watched >= Self.firstBaseline else {
            learn(Self.rate(total - last.total, last.time.duration(to: now)), last.time.duration(to: now), policy)
            return nil
        }
        return begin(rate, threshold, now)
    }

    private mutating func begin(_ rate: Double, _ threshold: Double, _ now: UnixTime) -> Event {
        storm = Storm(since: now, threshold: threshold, peak: rate)
        let report = StormReport(since: now, connectsPerSecond: rate, baselinePerSecond: baseline)
        self.report = report
        return .began(report)
    }

    private mutating func follow(_ rate: Double, _ now: UnixTime, _ policy: StormPolicy) -> Event? {
        guard var storm else { return nil }
        storm.peak = max(storm.peak, rate)
        report?.connectsPerSecond = rate
        let isCalm = rate < storm.threshold * Self.calmShare
        storm.calmSince = isCalm ? storm.calmSince ?? now : nil
        guard let calmSince = storm.calmSince, calmSince.duration(to: now) >= policy.calmAfter else {
            self.storm = storm
            return nil
        }
        self.storm = nil
        report = nil
        return .ended(lasted: storm.since.duration(to: now), peakPerSecond: storm.peak)
    }

    /// First order: as much of the difference is learned as of the window has passed. At first it is the plain mean.
    private mutating func learn(_ rate: Double, _ passed: Duration, _ policy: StormPolicy) {
        watched += passed
        let window = max(1, min(policy.baselineWindow, watched).inSeconds)
        baseline += (rate - baseline) * min(1, passed.inSeconds / window)
    }

    private mutating func mark(_ total: UInt64, _ now: UnixTime) {
        marks.append((now, total))
        while marks.count > 2, marks[1].time.duration(to: now) >= Self.rateWindow { marks.removeFirst() }
    }

    private static func rate(_ count: UInt64, _ passed: Duration) -> Double {
        Double(count) / max(passed.inSeconds, 0.001)
    }
}
