import FleetModel

/// Tells in words what one observation changed about one worker. It compares; it remembers nothing.
struct FleetNarrator {
    let now: UnixTime

    func lines(from before: WorkerRecord?, to after: WorkerRecord) -> [EventLine] {
        guard let sample = after.sample else { return lines(ofLink: before, to: after) }
        guard let old = before?.sample else { return [] }
        if old.startedAt != sample.startedAt { return [restart(old, sample)] }
        let parts = [
            drain(old, sample) ?? state(old, sample), degraded(old, sample), breaker(old, sample),
            drops(before: before, after: after, sample),
        ]
        return lines(ofLink: before, to: after) + parts.compactMap { $0 }
    }

    private func line(_ worker: WorkerID, _ severity: Severity, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: worker, words: words)
    }

    /// What changed about the reader's link to the worker.
    func lines(ofLink before: WorkerRecord?, to after: WorkerRecord) -> [EventLine] {
        switch (before?.link, after.link) {
        case (.stale, .stale), (.live, .live), (.connecting, .connecting), (nil, _), (_, .connecting),
            (.connecting, .live):
            []
        case (_, .stale(let reason)):
            [line(after.id, .warning, "stale: \(SafeText(reason))")]
        case (.stale, .live):
            [line(after.id, .fine, "back" + silence(since: before?.heardAt))]
        }
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

    private func drops(before: WorkerRecord?, after: WorkerRecord, _ sample: WorkerSample) -> EventLine? {
        let (old, new) = (before?.rates.droppedPerSecond ?? 0, after.rates.droppedPerSecond)
        if old == 0, new > 0 { return line(after.id, .warning, "drops messages, \(Figures.rate(new))/s") }
        guard old > 0, new == 0 else { return nil }
        return line(after.id, .fine, "drops ended, \(sample.dropped.total) since its start")
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
