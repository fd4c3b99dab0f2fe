import FleetModel

/// How a worker holds out: its way to Redis, and what it leaves undone.
extension WorkerCheck {
    /// One finding however many breakers are open: they have one cause nearly always.
    func breaker(_ sample: WorkerSample) -> Finding? {
        guard let worst = figures.breaker, worst.state != .closed else { return nil }
        let alike = sample.breakers.filter { $0.state == worst.state }
        let subject = alike.count == 1 ? ResilienceWords.breakers(alike) : "\(alike.count) breakers"
        let names: SafeText = alike.count == 1 ? "" : "\(ResilienceWords.names(alike)), "
        let reason: SafeText = worst.reason.map { ": \(SafeText($0))" } ?? ""
        let age = Figures.span(worst.since.duration(to: sample.time))
        return finding(
            .breaker, worst.state == .open ? .critical : .warning,
            "\(subject) \(ResilienceWords.phrase(worst.state))", "\(names)for \(age)\(reason)",
            weight: Double(alike.count))
    }

    func echo(_ sample: WorkerSample) -> Finding? {
        guard sample.echoAge > HealthLimits.echoAge else { return nil }
        let severity: Severity = sample.echoAge > HealthLimits.echoSilence ? .critical : .warning
        return finding(
            .echo, severity, "no Redis echo", "for \(Figures.span(sample.echoAge))", weight: sample.echoAge.inSeconds)
    }

    func roundTrip(_ sample: WorkerSample) -> Finding? {
        guard sample.redisRoundTrip > HealthLimits.redisRoundTrip else { return nil }
        return finding(
            .roundTrip, .warning, "Redis slow", "\(Figures.latency(sample.redisRoundTrip)) for a reply",
            weight: sample.redisRoundTrip.inSeconds)
    }

    func degraded(_ sample: WorkerSample) -> Finding? {
        guard let impairment = figures.impairment else { return nil }
        let words = ResilienceWords.level(impairment.level)
        let level = DegradationLevel.allCases.firstIndex(of: impairment.level) ?? 0
        let age: SafeText = impairment.since.map { " for \(Figures.span($0.duration(to: sample.time)))" } ?? ""
        let detail = words.isEmpty ? impairment.reason : "\(words)\(age): \(impairment.reason)"
        return finding(.degraded, impairment.severity, "degraded", detail, weight: Double(level))
    }

    var dropping: Finding? {
        let rate = figures.rates.droppedPerSecond
        guard rate > 0 else { return nil }
        let cause: SafeText =
            figures.drops.first.map {
                ", \(ResilienceWords.criticality($0.criticality)), \(ResilienceWords.reason($0.reason))"
            } ?? ""
        return finding(.dropping, .warning, "dropping", "\(Figures.rate(rate))/s\(cause)", weight: rate)
    }

    func storm(_ sample: WorkerSample) -> Finding? {
        guard let storm = sample.storm else { return nil }
        let (rate, usual) = (Figures.rate(storm.connectsPerSecond), Figures.rate(storm.baselinePerSecond))
        let age = Figures.span(storm.since.duration(to: sample.time))
        return finding(
            .storm, .warning, "connect storm", "\(rate)/s, usually \(usual)/s, for \(age)",
            weight: storm.connectsPerSecond)
    }
}
