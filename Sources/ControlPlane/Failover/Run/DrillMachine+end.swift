import AdminAPI
import FleetModel

/// The clean-up and the verdict.
extension DrillMachine {
    mutating func cleaning(_ since: UnixTime, at now: UnixTime) -> [OperationEffect] {
        let isLate = since.duration(to: now) > Self.cleaningTime
        let isClean = watch.hasEnded && rollback.isEmpty
        guard isClean || isLate else { return rollback + probes(stop: true) }
        return end(at: now)
    }

    private mutating func end(at now: UnixTime) -> [OperationEffect] {
        stage = .over
        account()
        judge()
        listRemains()
        let verdict = report.verdict ?? .aborted
        return [note(verdict: verdict), .act(.keep(report))]
            + report.story.map { .step(SafeText($0)) }
            + [.end(OperationOutcome(status(of: verdict), report.headline))]
    }

    private func status(of verdict: DrillReport.Verdict) -> OperationOutcome.Status {
        switch verdict {
        case .pass: .done
        case .fail: .failed
        case .aborted: abortion?.isCancel == true ? .cancelled : .failed
        }
    }

    /// Puts together what every worker sent and received.
    private mutating func account() {
        if let triggeredAt { watch.noteMoves(from: plan.primary, since: triggeredAt) }
        let audit = ProbeAudit(reports: plan.workers.compactMap { watch.latest[$0] })
        report.workers = audit.reports.map { account(of: $0, audit) }
        report.worstGap = triggeredAt == nil ? nil : report.workers.map(\.gap).max()
        guard let triggeredAt else { return }
        report.timeline = watch.timeline.moments.map {
            DrillReport.Moment(after: triggeredAt.duration(to: $0.at).inSeconds, words: $0.words.text)
        }
    }

    private func account(of probes: ProbeReport, _ audit: ProbeAudit) -> WorkerAccount {
        let worker = probes.worker
        var account = WorkerAccount(worker: worker)
        account.lanes = audit.lanes(of: probes, since: triggeredAt.map { watch.clocks.there($0, of: worker) })
        guard let triggeredAt, let move = watch.move(of: worker, since: triggeredAt) else { return account }
        func after(_ time: UnixTime?) -> Double? {
            time.map { triggeredAt.duration(to: watch.clocks.here($0, of: worker)).inSeconds }
        }
        account.left = after(move.leftAt)
        account.resubscribed = after(move.resubscribedAt)
        account.recovered = watch.recovery(of: worker, from: plan.primary, since: triggeredAt)
            .map { triggeredAt.duration(to: $0).inSeconds }
        return account
    }

    private mutating func judge() {
        if let abortion {
            report.verdict = .aborted
            report.reasons = [abortion.words.text]
            return
        }
        judgeCritical()
        if let gap = report.worstGap, gap > plan.options.maxRecovery.inSeconds {
            failures.append("a worker was without messages for \(Figures.exactSeconds(gap))")
        }
        report.verdict = failures.isEmpty ? .pass : .fail
        report.reasons = failures.map(\.text)
    }

    /// Losses over Pub/Sub are measured; those of the stream must not be.
    private mutating func judgeCritical() {
        let lanes = report.workers.compactMap { account in account.lane(.stream).map { (account.worker, $0) } }
        for (worker, lane) in lanes where lane.lost > 0 || lane.duplicated > 0 {
            failures.append(
                "\(worker): of the critical stream \(lane.lost) lost and \(lane.duplicated) twice; "
                    + "see streams: replicas in gadgate's configuration")
        }
    }

    private mutating func listRemains() {
        var remains: [SafeText] = []
        let old = SafeText(plan.primary)
        if triggeredAt != nil, !watch.isBack(plan.primary), watch.redis?.primary?.address != plan.primary {
            remains.append("\(old) has not come back as a replica; see: gadtop get redis")
        }
        switch process {
        case .stopped, .failed:
            remains.append("the process of \(old) may still be stopped: kill -CONT its process id there")
        case .untouched, .continued: break
        }
        if !watch.hasEnded { remains.append("some probes have not ended; they do within 30 s by themselves") }
        report.remains = remains.map(\.text)
    }
}

// MARK: - What is told of it

extension DrillMachine {
    package var state: OperationRecord.Progress {
        OperationRecord.Progress(phase: phase, progress: progress, note: note.text, workers: lines)
    }

    private var phase: OperationPhase {
        switch stage {
        case .new, .preparing, .baseline, .triggering, .failing: .running
        case .verifying: .verifying
        case .cleaning: abortion == nil ? .verifying : .cancelling
        case .over: .ended
        }
    }

    private var progress: Double {
        switch stage {
        case .new: 0
        case .preparing: 0.05
        case .baseline: 0.15
        case .triggering: 0.3
        case .failing: 0.4
        case .verifying: 0.7
        case .cleaning: 0.9
        case .over: 1
        }
    }

    private var note: SafeText {
        switch stage {
        case .new: "begins"
        case .preparing: watch.missing ?? "probes arrive"
        case .baseline: "taking the baseline"
        case .triggering: "the failover is ordered"
        case .failing: latestMoment
        case .verifying:
            watch.isBack(plan.primary)
                ? "every worker receives; it has to hold" : "waiting for the old primary to return"
        case .cleaning: "ending the probes"
        case .over: SafeText(report.headline)
        }
    }

    private var latestMoment: SafeText {
        guard let triggeredAt, let last = watch.timeline.moments.last else { return "waiting for another primary" }
        return Self.line(last, since: triggeredAt)
    }

    private var lines: [OperationRecord.WorkerLine] {
        plan.workers.map { worker in
            guard let triggeredAt else {
                return OperationRecord.WorkerLine(worker: worker, words: "in place", progress: 0)
            }
            if watch.recovery(of: worker, from: plan.primary, since: triggeredAt) != nil {
                return OperationRecord.WorkerLine(worker: worker, words: "receives again", progress: 1)
            }
            let hasLeft = watch.move(of: worker, since: triggeredAt) != nil
            return OperationRecord.WorkerLine(
                worker: worker, words: hasLeft ? "has left the old primary" : "at the old primary",
                progress: hasLeft ? 0.5 : 0)
        }
    }
}
