import AdminAPI
import FleetModel

/// A drill of a failover as a value: what was seen goes in, what is to be done comes out.
///
/// Baseline, trigger, recovery, verification, and a clean-up that always happens, however the drill went.
package struct DrillMachine: OperationMachine {
    package enum Stage: Sendable, Equatable {
        /// Nothing was done yet.
        case new
        /// Probes are on their way until each worker has heard every other.
        case preparing(since: UnixTime)
        case baseline(since: UnixTime)
        /// The order is given and not yet confirmed.
        case triggering(since: UnixTime)
        /// The primary is going, or gone.
        case failing
        /// Every worker receives again; the fleet must be as before for a while.
        case verifying(since: UnixTime, steadySince: UnixTime)
        case cleaning(since: UnixTime)
        case over
    }

    let plan: FailoverDrillPlan
    package internal(set) var stage = Stage.new
    package internal(set) var report: DrillReport
    var watch: DrillWatch
    /// What ended it before its time, and whether somebody wanted that.
    var abortion: (words: SafeText, isCancel: Bool)?
    var failures: [SafeText] = []
    var triggeredAt: UnixTime?
    var recoveredAt: UnixTime?
    /// Latencies as they were when the window that is measured began.
    var latencyMark = LatencyHistogram()
    var process = PrimaryProcess.untouched

    package init(_ plan: FailoverDrillPlan) {
        self.plan = plan
        report = DrillReport(of: plan)
        watch = DrillWatch(workers: plan.workers)
    }

    /// One whose leader went away: all that is left to do is to say so.
    package init(abandoned plan: FailoverDrillPlan) {
        self.init(plan)
        abortion = ("whoever led it went away", false)
    }
}

// MARK: - Hearing

extension DrillMachine {
    package mutating func receive(_ input: OperationInput, at now: UnixTime) -> [OperationEffect] {
        switch input {
        case .fleet: stage == .new ? begin(at: now) : []
        case .answered(_, let command, let refusal): answered(command, refusal, at: now)
        case .cancel(let name, let reason): cancel(by: name, reason, at: now)
        }
    }

    package mutating func receive(_ evidence: DrillEvidence, at now: UnixTime) -> [OperationEffect] {
        process = evidence.process ?? process
        watch.take(evidence, since: triggeredAt)
        return renewals + turn(at: now) + news()
    }

    private mutating func begin(at now: UnixTime) -> [OperationEffect] {
        report.startedAt = now
        if let abortion { return abandon(.interrupted, abortion.words) }
        stage = .preparing(since: now)
        return [note(verdict: nil)] + probes(stop: false)
    }

    /// What it had begun ends by itself: the probes with their lease, a stopped process with its guard.
    private mutating func abandon(_ status: OperationOutcome.Status, _ words: SafeText) -> [OperationEffect] {
        stage = .over
        report.verdict = .aborted
        report.reasons = [words.text]
        return [
            note(verdict: .aborted),
            .end(OperationOutcome(status, words.text + "; probes end and a stopped primary goes on by themselves")),
        ]
    }

    private mutating func answered(
        _ command: WorkerCommand, _ refusal: AdminError?, at now: UnixTime
    ) -> [OperationEffect] {
        guard let refusal else {
            if case .failover = command { triggered(at: triggeredAt ?? now) }
            return []
        }
        switch (command, stage) {
        case (.failover, .triggering): return abort("no failover began: \(SafeText(refusal.message))", at: now)
        case (.noteDrill, .preparing), (.probe, .preparing):
            return abort("the drill cannot begin: \(SafeText(refusal.message))", at: now)
        case (_, _): return []
        }
    }

    private mutating func cancel(by name: String, _ reason: String?, at now: UnixTime) -> [OperationEffect] {
        let why = reason.map { SafeText(": " + $0) } ?? ""
        let words = "cancelled by \(SafeText(name))" + why
        // Nobody watches a drill that was taken over: there is nothing to wait for.
        if stage == .new, abortion != nil { return abandon(.cancelled, words) }
        return abort(words, isCancel: true, at: now)
    }

    mutating func triggered(at time: UnixTime) {
        guard case .triggering = stage else { return }
        stage = .failing
        triggeredAt = time
        report.triggeredAt = time
        let words: SafeText =
            switch plan.options.mode {
            case .graceful: "SENTINEL FAILOVER \(plan.master)"
            case .crash: "the primary \(SafeText(plan.primary)) is stopped"
            }
        watch.timeline.add(words, at: time)
    }

    mutating func abort(_ words: SafeText, isCancel: Bool = false, at now: UnixTime) -> [OperationEffect] {
        switch stage {
        case .cleaning, .over: return []
        case .new, .preparing, .baseline, .triggering, .failing, .verifying:
            abortion = (words, isCancel)
            return [.step("aborted: " + words)] + clean(at: now)
        }
    }
}

// MARK: - Orders

extension DrillMachine {
    /// Keeps the probes going while they are needed: they end by themselves when nobody does.
    private var renewals: [OperationEffect] {
        switch stage {
        case .preparing, .baseline, .triggering, .failing, .verifying: probes(stop: false)
        case .new, .cleaning, .over: []
        }
    }

    func probes(stop: Bool) -> [OperationEffect] {
        plan.workers.map { .order(.probe(probeOrder(stop: stop)), to: $0) }
    }

    /// Whoever gives it names the drill.
    private func probeOrder(stop: Bool) -> ProbeOrder {
        ProbeOrder(
            drill: "", ratePerSecond: plan.options.probeRate, duration: ProbeOrder.longestDuration,
            stop: stop)
    }

    func note(verdict: DrillReport.Verdict?) -> OperationEffect {
        .order(.noteDrill(DrillNote(mode: plan.options.mode.rawValue, verdict: verdict?.rawValue)), to: speaker)
    }

    /// A worker that speaks for all: one that was heard last, if any was.
    var speaker: WorkerID { watch.redis?.worker ?? plan.workers.first ?? WorkerID("") }

    /// Stops what was begun, and lets the primary go on.
    mutating func clean(at now: UnixTime) -> [OperationEffect] {
        stage = .cleaning(since: now)
        return rollback + probes(stop: true)
    }

    /// Nothing where no process was touched.
    var rollback: [OperationEffect] {
        switch process {
        case .stopped, .failed: [.act(.continuePrimary)]
        // The order to stop it may be on its way.
        case .untouched: plan.options.mode == .crash && triggeredAt != nil ? [.act(.continuePrimary)] : []
        case .continued: []
        }
    }

    /// What happened since the last turn, as steps that everybody can read. While the old primary may still take
    /// writes that nobody will find again, they are kept back.
    private mutating func news() -> [OperationEffect] {
        guard let triggeredAt, stage != .failing else { return [] }
        let untold = watch.timeline.moments.filter { watch.isUntold($0.words) }
        return untold.map { moment in
            watch.tell(moment.words)
            return .step(Self.line(moment, since: triggeredAt))
        }
    }

    static func line(_ moment: (at: UnixTime, words: SafeText), since trigger: UnixTime) -> SafeText {
        "\(Figures.exactSeconds(trigger.duration(to: moment.at).inSeconds))  \(moment.words)"
    }
}
