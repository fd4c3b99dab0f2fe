import FleetModel

/// Judges one worker's figures by the limits; knows nothing of the screen.
struct WorkerCheck {
    let figures: WorkerFigures
    let now: UnixTime

    /// Everything worth a word, worst first.
    var findings: [Finding] {
        switch figures.link {
        case .connecting: [finding(.connecting, .notice, HealthWords.waitingFor, HealthWords.noAnswerYet)]
        case .stale(let reason): [stale(SafeText(reason))]
        case .live: figures.heard.map { liveFindings($0.value) } ?? []
        }
    }

    /// Nearly always there is nothing to find, and then nothing is allocated.
    private func liveFindings(_ sample: WorkerSample) -> [Finding] {
        var found: [Finding] = []
        func note(_ finding: Finding?) {
            if let finding { found.append(finding) }
        }
        note(breaker(sample))
        note(echo(sample))
        note(roundTrip(sample))
        note(degraded(sample))
        note(dropping)
        note(latency)
        note(lag(sample))
        note(storm(sample))
        note(churn(sample))
        note(descriptors(sample))
        note(hot(sample))
        note(errors)
        note(state(sample))
        return found.count > 1 ? found.sorted() : found
    }

    func finding(
        _ kind: Finding.Kind, _ severity: Severity, _ title: SafeText, _ detail: SafeText = "", weight: Double = 0
    ) -> Finding {
        Finding(kind: kind, severity: severity, worker: figures.id, title: title, detail: detail, weight: weight)
    }

    private func stale(_ reason: SafeText) -> Finding {
        guard let heardAt = figures.heardAt else {
            return finding(.stale, .warning, HealthWords.stale, HealthWords.neverHeard(reason))
        }
        let age = Figures.span(heardAt.duration(to: now))
        let clients = figures.sample?.connections ?? 0
        guard clients > 0 else {
            return finding(.stale, .warning, HealthWords.stale, HealthWords.lastHeard(age, reason))
        }
        return finding(
            .stale, .critical, HealthWords.stale, HealthWords.unheard(clients, age, reason),
            weight: Double(clients))
    }
}

// MARK: - The service a worker gives

extension WorkerCheck {
    private var latency: Finding? {
        guard figures.latencyCount >= HealthLimits.leastMessages, let p95 = figures.p95, let p99 = figures.p99 else {
            return nil
        }
        if p95 > HealthLimits.p95 {
            return finding(
                .latency, .critical, HealthWords.slow, HealthWords.p95(Figures.latency(p95)), weight: p95.inSeconds)
        }
        guard p99 > HealthLimits.p99 else { return nil }
        return finding(
            .latency, .warning, HealthWords.slow, HealthWords.p99(Figures.latency(p99)), weight: p99.inSeconds)
    }

    private func lag(_ sample: WorkerSample) -> Finding? {
        guard sample.loopLag > HealthLimits.loopLag else { return nil }
        let severity: Severity = sample.loopLag > HealthLimits.loopStall ? .critical : .warning
        return finding(
            .lag, severity, HealthWords.loopLag, Figures.latency(sample.loopLag), weight: sample.loopLag.inSeconds)
    }

    private var errors: Finding? {
        let sent = figures.rates.messagesOutPerSecond
        let part = figures.rates.errorsPerSecond / max(sent, 1)
        guard sent > 0, part > HealthLimits.errors else { return nil }
        let rate = figures.rates.errorsPerSecond
        return finding(.errors, .warning, HealthWords.errors, HealthWords.aSecond(Figures.rate(rate)), weight: rate)
    }
}

// MARK: - The load a worker carries

extension WorkerCheck {
    private func churn(_ sample: WorkerSample) -> Finding? {
        guard sample.connections >= HealthLimits.leastConnections, figures.unplannedChurn > HealthLimits.churn else {
            return nil
        }
        let severity: Severity = figures.unplannedChurn > HealthLimits.churnStorm ? .critical : .warning
        return finding(
            .churn, severity, HealthWords.churn, HealthWords.unplanned(Figures.tenths(percent: figures.unplannedChurn)),
            weight: figures.unplannedChurn)
    }

    private func descriptors(_ sample: WorkerSample) -> Finding? {
        guard figures.fdsPart > HealthLimits.fds else { return nil }
        let severity: Severity = figures.fdsPart > HealthLimits.fdsExhausted ? .critical : .warning
        return finding(
            .descriptors, severity, HealthWords.descriptors, HealthWords.used(Figures.percent(figures.fdsPart)),
            weight: figures.fdsPart)
    }

    private func hot(_ sample: WorkerSample) -> Finding? {
        guard sample.state == .active, figures.meanConnections > 0, sample.connections >= HealthLimits.leastConnections
        else {
            return nil
        }
        let ratio = Double(sample.connections) / figures.meanConnections
        guard ratio > HealthLimits.hotRatio else { return nil }
        return finding(.hot, .warning, HealthWords.hot, HealthWords.timesTheMean(Figures.tenths(ratio)), weight: ratio)
    }

    private func state(_ sample: WorkerSample) -> Finding? {
        switch sample.state {
        case .active: nil
        case .starting: finding(.starting, .notice, HealthWords.starting)
        case .draining, .drained, .stopping: drain(sample)
        }
    }

    private func drain(_ sample: WorkerSample) -> Finding {
        guard let drain = sample.drain else { return finding(.draining, .notice, WorkerWords.state(sample.state)) }
        guard drain.phase != .drained else { return finding(.draining, .notice, HealthWords.drained) }
        return finding(.draining, .notice, HealthWords.draining, HealthWords.left(Figures.grouped(drain.remaining)))
    }
}
