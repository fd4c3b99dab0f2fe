import AdminAPI
import FleetModel

/// One look at the evidence in each stage.
extension DrillMachine {
    /// For each worker to hear every other.
    static let preparingTime: Duration = .seconds(15)
    /// A Sentinel, or the stopping of a process, answers at once.
    static let triggerTime: Duration = .seconds(10)
    /// For the fleet to be steady and the old primary to be back, once every worker receives again.
    static let verifyingTime: Duration = .seconds(60)
    /// For probes to end and the process to go on.
    static let cleaningTime: Duration = .seconds(12)
    /// Within which each worker receives by each way, while the fleet is steady.
    static let steadyInterval: Duration = .milliseconds(1_500)
    /// A worker that does not answer for so long is lost.
    static let silence: Duration = .seconds(6)

    mutating func turn(at now: UnixTime) -> [OperationEffect] {
        switch stage {
        case .new, .over: return []
        case .cleaning(let since): return cleaning(since, at: now)
        case .preparing, .baseline, .triggering, .failing, .verifying: break
        }
        if let lost = watch.lost(after: Self.silence, at: now) {
            return abort("worker \(lost) does not answer any more", at: now)
        }
        switch stage {
        case .preparing(let since): return preparing(since, at: now)
        case .baseline(let since): return baseline(since, at: now)
        case .triggering(let since): return triggering(since, at: now)
        case .failing: return failing(at: now)
        case .verifying(let since, let steadySince): return verifying(since, steadySince, at: now)
        case .new, .cleaning, .over: return []
        }
    }

    private mutating func preparing(_ since: UnixTime, at now: UnixTime) -> [OperationEffect] {
        guard let missing = watch.missing else {
            stage = .baseline(since: now)
            latencyMark = watch.latency
            report.number = watch.redis?.drills?.count ?? report.number
            return [.step("probes arrive at every worker; the baseline is taken")]
        }
        guard since.duration(to: now) > Self.preparingTime else { return [] }
        return abort("probes do not arrive: \(missing)", at: now)
    }

    private mutating func baseline(_ since: UnixTime, at now: UnixTime) -> [OperationEffect] {
        report.number = watch.redis?.drills?.count ?? report.number
        let length = since.duration(to: now)
        guard length >= plan.options.baseline else { return [] }
        guard watch.isSteady(within: Self.steadyInterval, at: now) else {
            return abort("the fleet was not steady before the trigger: probes stopped arriving", at: now)
        }
        if let objection = watch.objection(to: plan.primary) { return abort(objection, at: now) }
        report.baseline = watch.steady(since: since, length, latencyMark)
        stage = .triggering(since: now)
        let p99 = Figures.latency(report.baseline.p99.map { .seconds($0) })
        return [.step("baseline \(Figures.exactSeconds(length.inSeconds)): p99 \(p99)")] + trigger(at: now)
    }

    private mutating func trigger(at now: UnixTime) -> [OperationEffect] {
        triggeredAt = now
        return switch plan.options.mode {
        case .graceful: [.order(.failover(FailoverRequest()), to: speaker)]
        case .crash: [.act(.stopPrimary)]
        }
    }

    private mutating func triggering(_ since: UnixTime, at now: UnixTime) -> [OperationEffect] {
        switch process {
        case .stopped(let time): triggered(at: time)
        case .failed(let words): return abort("the primary was not stopped: " + words, at: now)
        case .untouched, .continued:
            guard since.duration(to: now) > Self.triggerTime else { return [] }
            return abort("nothing answered the order to fail over", at: now)
        }
        return []
    }
}

// MARK: - Recovery

extension DrillMachine {
    private mutating func failing(at now: UnixTime) -> [OperationEffect] {
        guard let triggeredAt else { return [] }
        report.newPrimary = watch.newPrimary ?? report.newPrimary
        watch.noteMoves(from: plan.primary, since: triggeredAt)
        let waiting = plan.workers.filter { watch.recovery(of: $0, from: plan.primary, since: triggeredAt) == nil }
        if waiting.isEmpty { return recovered(at: now) }
        guard triggeredAt.duration(to: now) > plan.options.maxRecovery else { return [] }
        let names = SafeText(waiting.map { SafeText($0).text }.joined(separator: ", "))
        let limit = Figures.exactSeconds(plan.options.maxRecovery.inSeconds)
        failures.append("not recovered within \(limit): \(names)")
        return [.step("not recovered in time: " + names)] + clean(at: now)
    }

    private mutating func recovered(at now: UnixTime) -> [OperationEffect] {
        guard let triggeredAt else { return [] }
        let times = plan.workers.compactMap { watch.recovery(of: $0, from: plan.primary, since: triggeredAt) }
        let last = times.max() ?? now
        recoveredAt = last
        report.newPrimary = watch.newPrimary ?? watch.primaryInUse
        report.recovery = triggeredAt.duration(to: last).inSeconds
        watch.timeline.add("every worker receives again by both ways", at: last)
        stage = .verifying(since: now, steadySince: now)
        latencyMark = watch.latency
        return rollback
    }

    private mutating func verifying(
        _ since: UnixTime, _ steadySince: UnixTime, at now: UnixTime
    ) -> [OperationEffect] {
        let isLate = since.duration(to: now) > Self.verifyingTime
        // Critical messages may stop once more, until a replica of the new primary has them too: that is a gap of the
        // failover, and what waited for it is none of the steady state's.
        let isSteady =
            watch.isSteady(within: Self.steadyInterval, at: now)
            && !watch.wasInterrupted(for: .seconds(Self.latencyFloor), since: steadySince)
        guard isSteady else {
            stage = .verifying(since: since, steadySince: now)
            latencyMark = watch.latency
            guard isLate else { return [] }
            failures.append("the fleet was not steady again within \(Self.verifyingTime.components.seconds) s")
            return clean(at: now)
        }
        let length = steadySince.duration(to: now)
        guard length >= plan.options.hold, watch.isBack(plan.primary) || isLate else { return rollback }
        report.after = watch.steady(since: steadySince, length, latencyMark)
        judgeLatency()
        watch.timeline.add("steady state held for \(Figures.exactSeconds(length.inSeconds))", at: now)
        return clean(at: now)
    }

    /// As before, within what chance does to a figure of a few seconds.
    private mutating func judgeLatency() {
        guard let before = report.baseline.p99, let after = report.after?.p99 else { return }
        let limit = max(before * Self.latencyFactor, Self.latencyFloor)
        guard after > limit else { return }
        let (was, now) = (Figures.latency(.seconds(before)), Figures.latency(.seconds(after)))
        failures.append("p99 is \(now) after the failover, and was \(was) before")
    }

    private static let latencyFactor = 3.0
    /// In seconds: below it nobody notices a difference.
    private static let latencyFloor = 0.25
}
