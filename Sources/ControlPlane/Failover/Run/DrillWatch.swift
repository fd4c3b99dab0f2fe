import AdminAPI
import FleetModel

/// What was seen of the fleet while it is drilled: the latest of each worker, and what became of Redis.
struct DrillWatch: Sendable {
    private let workers: [WorkerID]
    private(set) var latest: [WorkerID: ProbeReport] = [:]
    /// When each worker answered last, by the leader's clock.
    private var heard: [WorkerID: UnixTime] = [:]
    private var began: UnixTime?
    private(set) var redis: RedisReport?
    private(set) var clocks = WorkerClocks()
    private(set) var newPrimary: String?
    var timeline = DrillTimeline()
    private var told: Set<SafeText> = []

    init(workers: [WorkerID]) {
        self.workers = workers
    }

    mutating func take(_ evidence: DrillEvidence, since trigger: UnixTime?) {
        began = began ?? evidence.at
        for report in evidence.probes where workers.contains(report.worker) {
            latest[report.worker] = report
            heard[report.worker] = evidence.at
            clocks.note(report.worker, report.at, at: evidence.at)
        }
        for report in evidence.redis {
            clocks.note(report.worker, report.at, at: evidence.at)
            if let trigger { take(report.events, of: report.worker, since: trigger) }
        }
        // One that hears its primary knows more.
        redis = evidence.redis.first { $0.primary != nil } ?? evidence.redis.first ?? redis
    }

    private mutating func take(_ events: [SentinelEvent], of worker: WorkerID, since trigger: UnixTime) {
        for event in events {
            let time = clocks.here(event.at, of: worker)
            // Sentinels begin while the answer to the order is on its way.
            guard time >= trigger.advanced(by: .milliseconds(-50)) else { continue }
            newPrimary = event.newPrimary ?? newPrimary
            // Each Sentinel tells it, and each worker hears it.
            if let story = event.story { timeline.add(story, at: time) }
        }
    }

    func isUntold(_ words: SafeText) -> Bool { !told.contains(words) }
    mutating func tell(_ words: SafeText) { told.insert(words) }
}

// MARK: - Steadiness

extension DrillWatch {
    /// Over every worker and both ways, since the probes began.
    var latency: LatencyHistogram {
        var all = LatencyHistogram()
        for report in latest.values { for lane in report.lanes { all.merge(lane.latency) } }
        return all
    }

    /// A pair that has not heard each other; nil when all have, by every way that there is.
    var missing: SafeText? {
        for receiver in workers {
            guard let report = latest[receiver], !report.sent.isEmpty else { return "\(receiver) has not begun" }
            for sender in workers {
                for lane in report.lanes.map(\.lane) {
                    let isHeard = report.received.contains {
                        $0.sender == sender && $0.lane == lane && !$0.received.isEmpty
                    }
                    if !isHeard { return "\(receiver) hears nothing of \(sender) by \(SafeText(lane.rawValue))" }
                }
            }
        }
        return nil
    }

    /// Every worker answers, and has just received by every way.
    func isSteady(within interval: Duration, at now: UnixTime) -> Bool {
        workers.allSatisfy { worker in
            guard let report = latest[worker], let at = heard[worker], at.duration(to: now) <= interval * 2 else {
                return false
            }
            return report.lanes.allSatisfy { lane in
                lane.lastReceivedAt.map { $0.duration(to: report.at) <= interval } ?? false
            }
        }
    }

    /// Whether messages stopped for so long somewhere, and came again, after `start`: what had waited came late then.
    func wasInterrupted(for length: Duration, since start: UnixTime) -> Bool {
        latest.values.contains { report in
            report.lanes.flatMap(\.gaps).contains { gap in
                gap.length >= length && clocks.here(gap.to, of: report.worker) > start
            }
        }
    }

    func steady(since start: UnixTime, _ length: Duration, _ mark: LatencyHistogram) -> DrillReport.Steady {
        let gaps = latest.values.flatMap { report in
            report.lanes.flatMap(\.gaps).filter { clocks.here($0.from, of: report.worker) >= start }
        }
        return DrillReport.Steady(
            length: length, p99: latency.since(mark).quantile(0.99)?.inSeconds,
            longestGap: gaps.map(\.length.inSeconds).max() ?? 0)
    }

    /// A worker that has not answered for `limit`.
    func lost(after limit: Duration, at now: UnixTime) -> WorkerID? {
        workers.first { worker in
            guard let last = heard[worker] ?? began else { return false }
            return last.duration(to: now) > limit
        }
    }

    /// What speaks against a trigger now, though nothing did before.
    func objection(to primary: String) -> SafeText? {
        guard let redis, let found = redis.primary else { return "the primary does not answer any more" }
        guard found.address == primary else { return "the primary is \(SafeText(found.address)) meanwhile" }
        if redis.sentinels.contains(where: \.isFailingOver) { return "a failover is under way already" }
        if redis.sentinels.contains(where: \.tilt) { return "a Sentinel is in TILT" }
        guard redis.sentinels.contains(where: { $0.failure == nil }),
            redis.sentinels.allSatisfy({ $0.failure != nil || $0.hasQuorum })
        else { return "the Sentinels have no quorum any more" }
        return redis.replicas.contains(where: \.isGood) ? nil : "no replica could be promoted any more"
    }

    var hasEnded: Bool {
        workers.allSatisfy { worker in
            switch latest[worker]?.phase {
            case .idle?, .ended?, nil: true
            case .sending?, .settling?: false
            }
        }
    }
}

// MARK: - Recovery

extension DrillWatch {
    /// The last move of a worker away from the old primary.
    func move(of worker: WorkerID, since trigger: UnixTime) -> ProbeMove? {
        latest[worker]?.moves.last { clocks.here($0.leftAt, of: worker) >= trigger }
    }

    /// When a worker received again by every way from another primary; nil while it does not.
    func recovery(of worker: WorkerID, from old: String, since trigger: UnixTime) -> UnixTime? {
        guard let report = latest[worker], let move = move(of: worker, since: trigger), let to = move.to, to != old
        else { return nil }
        var last: UnixTime?
        for lane in report.lanes.map(\.lane) {
            let first = lane == .pubsub ? move.firstPubSubAt : move.firstStreamAt
            guard let first else { return nil }
            last = max(last ?? first, first)
        }
        return last.map { clocks.here($0, of: worker) }
    }

    var primaryInUse: String? { redis?.primary?.address ?? latest.values.first?.primary }

    /// The old primary is a replica of the new one.
    func isBack(_ old: String) -> Bool {
        guard let redis, redis.primary?.address != old else { return false }
        return redis.replicas.contains { $0.address == old && $0.isGood && $0.lagBytes != nil }
    }

    /// Writes down who left and who is back, each once.
    mutating func noteMoves(from old: String, since trigger: UnixTime) {
        for worker in workers {
            guard let move = move(of: worker, since: trigger) else { continue }
            let left = clocks.here(move.leftAt, of: worker)
            timeline.add("\(worker) left the old primary", at: left, key: "left \(worker) \(move.leftAt)")
            guard let back = move.resubscribedAt.map({ clocks.here($0, of: worker) }),
                recovery(of: worker, from: old, since: trigger) != nil
            else { continue }
            timeline.add(
                "\(worker) resubscribed at \(SafeText(move.to ?? "")), and receives", at: back,
                key: "back \(worker) \(move.leftAt)")
        }
    }
}
