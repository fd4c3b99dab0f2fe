import FleetModel

/// What changed about how a worker holds out.
extension FleetNarrator {
    func degraded(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        switch (Impairment(old), Impairment(new)) {
        case (nil, nil): nil
        case (nil, let impairment?):
            line(new.worker, impairment.severity, ResilienceWords.degraded(Self.words(impairment)))
        case (_?, nil): line(new.worker, .fine, ResilienceWords.recovered)
        case (let before?, let impairment?): changed(before, impairment, of: new.worker)
        }
    }

    /// Reasons carry figures and change all the time; only another level is news.
    private func changed(_ before: Impairment, _ impairment: Impairment, of worker: WorkerID) -> EventLine? {
        guard before.level != impairment.level else { return nil }
        let isWorse = before.level < impairment.level
        let words = ResilienceWords.changed(isWorse: isWorse, Self.words(impairment))
        return line(worker, isWorse ? impairment.severity : .notice, words)
    }

    private static func words(_ impairment: Impairment) -> SafeText {
        let level = ResilienceWords.level(impairment.level)
        return level.isEmpty ? impairment.reason : "\(level), \(impairment.reason)"
    }

    /// One line for all that went into the same state at once: they have one cause nearly always.
    func breakers(_ old: WorkerSample, _ new: WorkerSample) -> [EventLine] {
        guard old.breakers != new.breakers else { return [] }
        let changed = new.breakers.filter { report in
            (old.breakers.first { $0.name == report.name }?.state ?? .closed) != report.state
        }
        return BreakerState.allCases.compactMap { state in
            let reports = changed.filter { $0.state == state }
            return reports.isEmpty ? nil : breakers(reports, are: state, of: new.worker)
        }
    }

    private func breakers(_ reports: [BreakerReport], are state: BreakerState, of worker: WorkerID) -> EventLine {
        let names = ResilienceWords.breakers(reports)
        switch state {
        case .closed:
            return line(worker, .fine, ResilienceWords.closed(names))
        case .halfOpen:
            return line(worker, .notice, ResilienceWords.halfOpen(names))
        case .open:
            let reason: SafeText = reports.first?.reason.map { ": \(SafeText($0))" } ?? ""
            return line(worker, .critical, ResilienceWords.open(names, reason))
        }
    }

    func primary(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        guard old.redisPrimary != new.redisPrimary, !old.redisPrimary.isEmpty, !new.redisPrimary.isEmpty else {
            return nil
        }
        let (before, after) = (SafeText(old.redisPrimary), SafeText(new.redisPrimary))
        return line(new.worker, .notice, ResilienceWords.primary(after, was: before))
    }

    func storm(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        switch (old.storm, new.storm) {
        case (nil, let storm?):
            let (rate, usual) = (Figures.rate(storm.connectsPerSecond), Figures.rate(storm.baselinePerSecond))
            return line(new.worker, .warning, ResilienceWords.storm(rate, usual: usual))
        case (let storm?, nil):
            return line(
                new.worker, .fine, ResilienceWords.stormOver(Figures.span(storm.since.duration(to: new.time))))
        case (nil, nil), (_?, _?):
            return nil
        }
    }

    func drops(from before: WorkerGlance, to after: WorkerGlance, _ sample: WorkerSample) -> EventLine? {
        if before.drops == 0, after.drops > 0 {
            return line(sample.worker, .warning, ResilienceWords.drops(Figures.rate(after.drops)))
        }
        guard before.drops > 0, after.drops == 0 else { return nil }
        let dropped = Figures.grouped(Int(clamping: sample.dropped.total))
        return line(sample.worker, .fine, ResilienceWords.dropsEnded(dropped))
    }
}
