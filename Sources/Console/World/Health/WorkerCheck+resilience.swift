import FleetModel

/// How a worker holds out: its way to Redis, and what it leaves undone.
extension WorkerCheck {
    /// One finding however many breakers are open: they have one cause nearly always.
    func breaker(_ sample: WorkerSample) -> Finding? {
        guard let worst = figures.breaker, worst.state != .closed else { return nil }
        let alike = sample.breakers.filter { $0.state == worst.state }
        let subject = alike.count == 1 ? ResilienceWords.breakers(alike) : HealthWords.breakers(alike.count)
        let names: SafeText = alike.count == 1 ? "" : "\(ResilienceWords.names(alike)), "
        let reason: SafeText = worst.reason.map { ": \(SafeText($0))" } ?? ""
        let age = Figures.span(worst.since.duration(to: sample.time))
        return finding(
            .breaker, worst.state == .open ? .critical : .warning,
            HealthWords.breaker(subject, ResilienceWords.phrase(worst.state)),
            HealthWords.breakerDetail(names, age, reason),
            weight: Double(alike.count))
    }

    func echo(_ sample: WorkerSample) -> Finding? {
        guard sample.echoAge > HealthLimits.echoAge else { return nil }
        let severity: Severity = sample.echoAge > HealthLimits.echoSilence ? .critical : .warning
        return finding(
            .echo, severity, HealthWords.noEcho, HealthWords.forSpan(Figures.span(sample.echoAge)),
            weight: sample.echoAge.inSeconds)
    }

    func roundTrip(_ sample: WorkerSample) -> Finding? {
        guard sample.redisRoundTrip > HealthLimits.redisRoundTrip else { return nil }
        return finding(
            .roundTrip, .warning, HealthWords.redisSlow, HealthWords.forReply(Figures.latency(sample.redisRoundTrip)),
            weight: sample.redisRoundTrip.inSeconds)
    }

    func degraded(_ sample: WorkerSample) -> Finding? {
        guard let impairment = figures.impairment else { return nil }
        let words = ResilienceWords.level(impairment.level)
        let level = DegradationLevel.allCases.firstIndex(of: impairment.level) ?? 0
        let age = impairment.since.map { Figures.span($0.duration(to: sample.time)) }
        let detail = words.isEmpty ? impairment.reason : HealthWords.degradation(words, age, impairment.reason)
        return finding(.degraded, impairment.severity, HealthWords.degraded, detail, weight: Double(level))
    }

    var dropping: Finding? {
        let rate = figures.rates.droppedPerSecond
        guard rate > 0 else { return nil }
        let cause: SafeText =
            figures.drops.first.map {
                ", \(ResilienceWords.criticality($0.criticality)), \(ResilienceWords.reason($0.reason))"
            } ?? ""
        return finding(
            .dropping, .warning, HealthWords.dropping, HealthWords.aSecond(Figures.rate(rate)) + cause, weight: rate)
    }

    func storm(_ sample: WorkerSample) -> Finding? {
        guard let storm = sample.storm else { return nil }
        let (rate, usual) = (Figures.rate(storm.connectsPerSecond), Figures.rate(storm.baselinePerSecond))
        let age = Figures.span(storm.since.duration(to: sample.time))
        return finding(
            .storm, .warning, HealthWords.storm, HealthWords.stormDetail(rate, usual, age),
            weight: storm.connectsPerSecond)
    }
}
