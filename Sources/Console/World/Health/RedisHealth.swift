import FleetModel

/// What the workers of a fleet say together about their Redis: one cause in the place of as many symptoms as there are
/// workers.
struct RedisHealth {
    private let live: Int
    /// Workers that Redis does not answer, with the time since when.
    private var silences: [WorkerID: Duration] = [:]
    /// Workers that Redis answers late, and the longest wait.
    private var late: Set<WorkerID> = []
    private var longestWait: Duration = .zero

    init(of rows: [WorkerRow]) {
        let samples = rows.lazy.filter(\.isLive).compactMap(\.sample)
        live = samples.count
        for sample in samples {
            silences[sample.worker] = Self.silence(sample)
            guard sample.redisRoundTrip > HealthLimits.redisRoundTrip else { continue }
            late.insert(sample.worker)
            longestWait = max(longestWait, sample.redisRoundTrip)
        }
    }

    /// What the fleet has in common; nil while it is a matter of single workers.
    var finding: Finding? {
        if isCommon(silences.count) {
            let age = Figures.span(silences.values.max() ?? .zero)
            return finding(.critical, HealthWords.redisAway(age), of: silences.count)
        }
        guard isCommon(late.count) else { return nil }
        return finding(.warning, HealthWords.redisSlowFor(Figures.latency(longestWait)), of: late.count)
    }

    /// Whether a finding of one worker follows from what `finding` tells of all.
    func explains(_ symptom: Finding, of row: WorkerRow) -> Bool {
        let isSilent = isCommon(silences.count) && silences[row.id] != nil
        switch symptom.kind {
        case .roundTrip: return isSilent || isCommon(late.count)
        case .breaker, .echo: return isSilent
        // Without Redis a worker may go into the first step, and no further.
        case .degraded: return isSilent && row.figures.impairment.map { $0.level <= .samplingBestEffort } ?? false
        case .silence, .closed, .redis, .stale, .dropping, .latency, .lag, .storm, .churn, .descriptors, .hot, .errors,
            .draining, .starting, .connecting:
            return false
        }
    }

    /// Half of the fleet, and more than one worker where there are more.
    private func isCommon(_ count: Int) -> Bool { count >= min(2, live) && count > 0 && 2 * count >= live }

    private func finding(_ severity: Severity, _ title: SafeText, of count: Int) -> Finding {
        Finding(
            kind: .redis, severity: severity, worker: nil, title: title,
            detail: count < live ? HealthWords.saidBy(count, of: live) : "")
    }

    /// A worker that hears nothing through Redis, or whose breakers are all open, goes without it.
    private static func silence(_ sample: WorkerSample) -> Duration? {
        let isCutOff = !sample.breakers.isEmpty && sample.breakers.allSatisfy { $0.state != .closed }
        guard isCutOff || sample.echoAge > HealthLimits.echoAge else { return nil }
        return sample.echoAge
    }
}
