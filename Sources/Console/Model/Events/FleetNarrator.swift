import FleetModel

/// What a narrator needs of a record. A copy of the whole record would make the next observation copy its histories.
struct WorkerGlance {
    let link: WorkerRecord.Link?
    let heardAt: UnixTime?
    let sample: WorkerSample?
    /// Messages dropped a second.
    let drops: Double

    init(_ record: WorkerRecord?) {
        link = record?.link
        heardAt = record?.heardAt
        sample = record?.sample
        drops = record?.rates.droppedPerSecond ?? 0
    }
}

/// Tells in words what one observation changed about one worker. It compares; it remembers nothing.
struct FleetNarrator {
    let now: UnixTime

    func lines(of worker: WorkerID, from before: WorkerGlance, to after: WorkerGlance) -> [EventLine] {
        guard let sample = after.sample, let old = before.sample else {
            return linkLines(of: worker, from: before, to: after)
        }
        if old.startedAt != sample.startedAt { return [restart(old, sample)] }
        let parts = [
            drain(old, sample) ?? state(old, sample), degraded(old, sample), breaker(old, sample),
            drops(from: before, to: after, sample),
        ]
        return linkLines(of: worker, from: before, to: after) + parts.compactMap { $0 }
    }

    /// What changed about the reader's link to the worker.
    func linkLines(of worker: WorkerID, from before: WorkerGlance, to after: WorkerGlance) -> [EventLine] {
        switch (before.link, after.link) {
        case (.connecting, .stale(let reason)), (.live, .stale(let reason)):
            [line(worker, .warning, "stale: \(SafeText(reason))")]
        case (.stale, .live):
            [line(worker, .fine, "back" + silence(since: before.heardAt))]
        case (nil, _), (_, nil), (_, .connecting), (.stale, .stale), (.connecting, .live), (.live, .live):
            []
        }
    }

    private func line(_ worker: WorkerID, _ severity: Severity, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: worker, words: words)
    }

    private func silence(since heardAt: UnixTime?) -> SafeText {
        heardAt.map { " after \(Figures.span($0.duration(to: now)))" } ?? ""
    }

    private func restart(_ old: WorkerSample, _ new: WorkerSample) -> EventLine {
        line(new.worker, .warning, "restarted: pid \(old.pid) is gone, pid \(new.pid) serves")
    }

    private func state(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        guard old.state != new.state else { return nil }
        return line(new.worker, .notice, "\(SafeText(old.state.rawValue)), then \(SafeText(new.state.rawValue))")
    }

    private func degraded(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        switch (old.degraded, new.degraded) {
        case (nil, let reason?): line(new.worker, .warning, "degraded: \(SafeText(reason))")
        case (_?, nil): line(new.worker, .fine, "recovered, not degraded any more")
        case (nil, nil), (_?, _?): nil
        }
    }

    private func breaker(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        guard old.redisBreaker != new.redisBreaker else { return nil }
        switch new.redisBreaker {
        case .closed: return line(new.worker, .fine, "Redis breaker closed")
        case .halfOpen: return line(new.worker, .notice, "Redis breaker half open, one trial call decides")
        case .open: return line(new.worker, .critical, "Redis breaker open, calls are refused")
        }
    }

    private func drops(from before: WorkerGlance, to after: WorkerGlance, _ sample: WorkerSample) -> EventLine? {
        if before.drops == 0, after.drops > 0 {
            return line(sample.worker, .warning, "drops messages, \(Figures.rate(after.drops))/s")
        }
        guard before.drops > 0, after.drops == 0 else { return nil }
        return line(sample.worker, .fine, "drops ended, \(sample.dropped.total) since its start")
    }
}

// MARK: - Drains

extension FleetNarrator {
    private func drain(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        switch (old.drain, new.drain) {
        case (nil, nil): nil
        case (nil, let drain?): line(new.worker, .notice, "drain started" + Self.origin(of: drain))
        case (_?, nil): line(new.worker, .fine, "undrained, accepts connections")
        case (let before?, let drain?): before.phase == drain.phase ? nil : phase(drain, of: new)
        }
    }

    private func phase(_ drain: DrainStatus, of sample: WorkerSample) -> EventLine {
        guard drain.phase == .drained else {
            return line(sample.worker, .notice, "drain: \(DrainWords.phase(drain.phase))")
        }
        let took = Figures.wait(drain.startedAt.duration(to: sample.time))
        return line(sample.worker, .notice, "drained: \(drain.initialConnections) connections left in \(took)")
    }

    /// " by mperez, kernel update".
    static func origin(of drain: DrainStatus) -> SafeText {
        let who: SafeText = " by \(SafeText(drain.requestedBy))"
        guard let reason = drain.reason, !reason.isEmpty else { return who }
        return "\(who), \(SafeText(reason))"
    }
}
