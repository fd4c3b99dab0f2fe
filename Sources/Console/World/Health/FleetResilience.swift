import FleetModel

/// How the live workers hold out together: the worst of each kind and whose it is, and which Redis they use.
struct FleetResilience: Sendable {
    /// Something about one worker.
    struct Of<Value: Sendable>: Sendable {
        let worker: WorkerID
        let value: Value
    }

    private(set) var live = 0
    private(set) var impaired = 0
    private(set) var worstImpairment: Of<Impairment>?
    private(set) var worstStorm: Of<StormReport>?
    private(set) var worstBreaker: Of<BreakerReport>?
    /// The Redis that most workers use as primary, and how many do; empty where none is known.
    private(set) var primary: SafeText = ""
    private(set) var primaryUsers = 0
    /// The longest of the last commands.
    private(set) var roundTrip: Duration = .zero
    private(set) var oldestEcho: Of<Duration>?

    /// - Parameter rows: in the order of names, so that the first of equals does not change from tick to tick.
    init(of rows: [WorkerRow]) {
        var users: [String: Int] = [:]
        for row in rows where row.isLive {
            guard let heard = row.figures.heard else { continue }
            live += 1
            note(row)
            note(heard.value)
            users[heard.value.redisPrimary, default: 0] += heard.value.redisPrimary.isEmpty ? 0 : 1
        }
        guard let most = users.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), most.value > 0 else { return }
        (primary, primaryUsers) = (SafeText(most.key), most.value)
    }

    private mutating func note(_ row: WorkerRow) {
        if let impairment = row.figures.impairment {
            impaired += 1
            if worstImpairment.map({ $0.value.level < impairment.level }) ?? true {
                worstImpairment = Of(worker: row.id, value: impairment)
            }
        }
        if let breaker = row.figures.breaker, breaker.state != .closed {
            let isWorse = worstBreaker.map { $0.value.state == .halfOpen && breaker.state == .open } ?? true
            if isWorse { worstBreaker = Of(worker: row.id, value: breaker) }
        }
    }

    private mutating func note(_ sample: WorkerSample) {
        if let storm = sample.storm, worstStorm?.value.connectsPerSecond ?? 0 < storm.connectsPerSecond {
            worstStorm = Of(worker: sample.worker, value: storm)
        }
        roundTrip = max(roundTrip, sample.redisRoundTrip)
        if sample.echoAge > oldestEcho?.value ?? HealthLimits.echoAge {
            oldestEcho = Of(worker: sample.worker, value: sample.echoAge)
        }
    }
}
