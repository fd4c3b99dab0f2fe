import FleetModel

/// Decides how much a worker leaves undone: up quickly, by as many levels as are called for, and down slowly, one by
/// one. See `DegradationPolicy`.
struct DegradationMachine: Sendable {
    /// What it decides by.
    struct Inputs: Sendable {
        /// The worst delay of an event loop since the inputs before.
        var loopLag: Duration
        /// Part of the worker's queue bound in use.
        var queueShare: Double
        var breakers: [BreakerReport] = []
    }

    private(set) var report: DegradationReport
    /// Since when each level is called for without interruption, by its step.
    private var calledFor: [UnixTime?] = [nil, nil, nil]
    private var calmSince: UnixTime?

    init(at now: UnixTime) {
        report = DegradationReport(level: .normal, since: now, reason: "")
    }

    /// - Returns: the new report when the level changes.
    mutating func observe(_ inputs: Inputs, _ policy: DegradationPolicy, at now: UnixTime) -> DegradationReport? {
        noteCalls(inputs, policy, at: now)
        if let step = dueStep(policy, at: now), step.level > report.level {
            return enter(step.level, step.reason(inputs, policy) ?? report.reason, at: now)
        }
        guard let step = Step(report.level) else { return nil }
        guard step.isCalm(inputs, policy) else {
            calmSince = nil
            return nil
        }
        let since = calmSince ?? now
        calmSince = since
        guard since.duration(to: now) >= policy.leaveAfter else { return nil }
        return enter(step.before?.level ?? .normal, "calm since \(since.clockText)", at: now)
    }

    private mutating func noteCalls(_ inputs: Inputs, _ policy: DegradationPolicy, at now: UnixTime) {
        for step in Step.allCases {
            let isCalled = step.reason(inputs, policy) != nil
            calledFor[step.rawValue] = isCalled ? calledFor[step.rawValue] ?? now : nil
        }
    }

    /// The highest step that was called for long enough.
    private func dueStep(_ policy: DegradationPolicy, at now: UnixTime) -> Step? {
        Step.allCases.last { calledFor[$0.rawValue].map { $0.duration(to: now) >= policy.enterAfter } ?? false }
    }

    private mutating func enter(_ level: DegradationLevel, _ reason: String, at now: UnixTime) -> DegradationReport {
        calmSince = nil
        report = DegradationReport(level: level, since: now, reason: reason)
        return report
    }
}

/// One level above normal, with its thresholds.
private enum Step: Int, CaseIterable {
    case first, second, third

    init?(_ level: DegradationLevel) {
        switch level {
        case .normal: return nil
        case .samplingBestEffort: self = .first
        case .sheddingBestEffort: self = .second
        case .sheddingImportant: self = .third
        }
    }

    var level: DegradationLevel {
        switch self {
        case .first: .samplingBestEffort
        case .second: .sheddingBestEffort
        case .third: .sheddingImportant
        }
    }

    var before: Step? { Step(rawValue: rawValue - 1) }

    /// What calls for this step, in words; nil when nothing does.
    func reason(_ inputs: DegradationMachine.Inputs, _ policy: DegradationPolicy) -> String? {
        let (lag, share) = (threshold(policy.loopLag), threshold(policy.queueShare))
        if inputs.loopLag.inSeconds >= lag {
            return "loop lag \(inputs.loopLag.wholeMilliseconds) ms over \(Int(lag * 1_000)) ms"
        }
        if inputs.queueShare >= share {
            return "queues \(Int(inputs.queueShare * 100))% full, over \(Int(share * 100))%"
        }
        return openBreaker(inputs).map { "circuit breaker \($0.name.rawValue) open: \($0.reason ?? "no reason given")" }
    }

    func isCalm(_ inputs: DegradationMachine.Inputs, _ policy: DegradationPolicy) -> Bool {
        inputs.loopLag.inSeconds < threshold(policy.loopLag) * policy.leaveShare
            && inputs.queueShare < threshold(policy.queueShare) * policy.leaveShare
            && openBreaker(inputs) == nil
    }

    /// Messages that cannot be published anyway call for the first step, and for no more than it.
    private func openBreaker(_ inputs: DegradationMachine.Inputs) -> BreakerReport? {
        guard self == .first else { return nil }
        return inputs.breakers.first { $0.state == .open && ($0.name == .publish || $0.name == .stream) }
    }

    private func threshold(_ steps: DegradationPolicy.Steps) -> Double {
        switch self {
        case .first: steps.first
        case .second: steps.second
        case .third: steps.third
        }
    }
}
