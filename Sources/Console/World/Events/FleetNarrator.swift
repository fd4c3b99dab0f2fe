import FleetModel

/// What a narrator needs of a record. A copy of the whole record would make the next observation copy its histories.
struct WorkerGlance {
    let link: WorkerRecord.Link?
    let heardAt: UnixTime?
    let heard: SharedSample?
    /// Messages dropped a second.
    let drops: Double

    /// Its connections are led elsewhere by an operation.
    var isMoving: Bool { heard.map { $0.value.drain != nil || $0.value.shed != nil } ?? false }

    init(_ record: WorkerRecord?) {
        link = record?.link
        heardAt = record?.heardAt
        heard = record?.heard
        drops = record?.rates.droppedPerSecond ?? 0
    }
}

/// Tells in words what one observation changed about one worker. It compares; it remembers nothing.
struct FleetNarrator {
    let now: UnixTime

    func lines(of worker: WorkerID, from before: WorkerGlance, to after: WorkerGlance) -> [EventLine] {
        guard let sample = after.heard?.value, let old = before.heard?.value else {
            return linkLines(of: worker, from: before, to: after)
        }
        if old.startedAt != sample.startedAt { return [restart(old, sample)] }
        let parts = [
            drain(old, sample) ?? state(old, sample), degraded(old, sample), primary(old, sample), storm(old, sample),
            drops(from: before, to: after, sample),
        ]
        return linkLines(of: worker, from: before, to: after) + breakers(old, sample) + parts.compactMap { $0 }
    }

    /// What changed about the reader's link to the worker.
    func linkLines(of worker: WorkerID, from before: WorkerGlance, to after: WorkerGlance) -> [EventLine] {
        switch (before.link, after.link) {
        case (.connecting, .stale(let reason)), (.live, .stale(let reason)):
            [line(worker, .warning, EventWords.stale(SafeText(reason)))]
        case (.stale, .live):
            [line(worker, .fine, EventWords.back(before.heardAt.map { Figures.span($0.duration(to: now)) }))]
        case (nil, _), (_, nil), (_, .connecting), (.stale, .stale), (.connecting, .live), (.live, .live):
            []
        }
    }

    func line(_ worker: WorkerID, _ severity: Severity, _ words: SafeText) -> EventLine {
        EventLine(time: now, severity: severity, worker: worker, words: words)
    }

    private func restart(_ old: WorkerSample, _ new: WorkerSample) -> EventLine {
        line(new.worker, .warning, EventWords.restarted(old.pid, new.pid))
    }

    private func state(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        guard old.state != new.state else { return nil }
        return line(new.worker, .notice, EventWords.changed(WorkerWords.state(old.state), WorkerWords.state(new.state)))
    }
}

// MARK: - Drains

extension FleetNarrator {
    private func drain(_ old: WorkerSample, _ new: WorkerSample) -> EventLine? {
        switch (old.drain, new.drain) {
        case (nil, nil): nil
        case (nil, let drain?): line(new.worker, .notice, DrainWords.started(Self.origin(of: drain)))
        case (_?, nil): line(new.worker, .fine, DrainWords.undone)
        case (let before?, let drain?): before.phase == drain.phase ? nil : phase(drain, of: new)
        }
    }

    private func phase(_ drain: DrainStatus, of sample: WorkerSample) -> EventLine {
        guard drain.phase == .drained else {
            return line(sample.worker, .notice, DrainWords.phaseReached(drain.phase))
        }
        let took = Figures.wait(drain.startedAt.duration(to: sample.time))
        return line(
            sample.worker, .notice, DrainWords.drained(Figures.grouped(drain.initialConnections), took))
    }

    /// " by mperez, kernel update".
    static func origin(of drain: DrainStatus) -> SafeText {
        let reason = drain.reason.flatMap { $0.isEmpty ? nil : SafeText($0) }
        return DrainWords.origin(SafeText(drain.requestedBy), reason)
    }
}
