import AdminAPI
import FleetModel

/// What one check before a drill came to.
package struct DrillFinding: Sendable, Equatable {
    package enum Answer: Sendable, Equatable {
        case okay
        /// Said to the operator; the drill may go on.
        case warning
        /// The drill must not start, unless the option of this name says so; nil where nothing overrides it.
        case refusal(option: SafeText?)
    }

    package let check: DrillCheck
    package let answer: Answer
    package let words: SafeText

    package var isRefusal: Bool {
        switch answer {
        case .okay, .warning: false
        case .refusal: true
        }
    }
}

/// What is looked at before a drill, in the order in which it is told.
package enum DrillCheck: String, Sendable, CaseIterable {
    case sentinels, quorum, tilt, inProgress, primary, replicas, lag, workers, breakers, safety, running, interval,
        reach

    func finding(in situation: DrillSituation) -> DrillFinding {
        let (answer, words) = judge(situation)
        return DrillFinding(check: self, answer: answer, words: words)
    }

    private typealias Judgement = (DrillFinding.Answer, SafeText)

    private func judge(_ situation: DrillSituation) -> (DrillFinding.Answer, SafeText) {
        switch self {
        case .sentinels: Self.sentinels(situation)
        case .quorum: Self.quorum(situation)
        case .tilt: Self.tilt(situation)
        case .inProgress: Self.inProgress(situation)
        case .primary: Self.primary(situation)
        case .replicas: Self.replicas(situation)
        case .lag: Self.lag(situation)
        case .workers: Self.workers(situation)
        case .breakers: Self.breakers(situation)
        case .safety: Self.safety(situation)
        case .running: Self.running(situation)
        case .interval: Self.interval(situation)
        case .reach: Self.reach(situation)
        }
    }

    /// A refusal, or a warning where the operator has overridden it.
    static func refusal(_ option: SafeText, unless isOverridden: Bool, _ words: SafeText) -> (
        DrillFinding.Answer, SafeText
    ) {
        (isOverridden ? .warning : .refusal(option: option), words)
    }
}

// MARK: - Sentinels

extension DrillCheck {
    private static func sentinels(_ situation: DrillSituation) -> Judgement {
        guard let report = situation.report else {
            return (.refusal(option: nil), "no worker could be asked about its Redis")
        }
        guard report.master != nil else {
            return (
                .refusal(option: nil),
                "the fleet's Redis is not watched by Sentinels: start gadgate with --sentinel and --master"
            )
        }
        let silent = report.sentinels.filter { $0.failure != nil }.map { SafeText($0.address).text }
        let count = report.sentinels.count
        guard silent.isEmpty else {
            let names = SafeText(silent.joined(separator: ", "))
            return (.warning, "\(count - silent.count) of \(count) Sentinels answer; silent: \(names)")
        }
        return (.okay, "all \(count) Sentinels answer")
    }

    private static func quorum(_ situation: DrillSituation) -> Judgement {
        let answering = situation.sentinels.filter { $0.failure == nil }
        guard let first = answering.first else { return (.refusal(option: nil), "no Sentinel answers") }
        if let without = answering.first(where: { !$0.hasQuorum }) {
            let (who, words) = (SafeText(without.address), SafeText(without.quorumWords))
            return (.refusal(option: nil), "\(who) could not carry out a failover: \(words)")
        }
        return (.okay, "quorum \(first.quorum), \(answering.count) of \(first.known) Sentinels usable")
    }

    private static func tilt(_ situation: DrillSituation) -> Judgement {
        let tilted = situation.sentinels.filter(\.tilt).map { SafeText($0.address).text }
        guard !tilted.isEmpty else { return (.okay, "no Sentinel is in TILT") }
        return (
            .refusal(option: nil),
            "in TILT, and so doing nothing for 30 s: \(SafeText(tilted.joined(separator: ", "))); look at its clock"
        )
    }

    private static func inProgress(_ situation: DrillSituation) -> Judgement {
        guard let busy = situation.sentinels.first(where: \.isFailingOver) else {
            return (.okay, "no failover is under way")
        }
        return (.refusal(option: nil), "\(SafeText(busy.address)) is failing over already; wait until it is over")
    }
}

// MARK: - Servers

extension DrillCheck {
    private static func primary(_ situation: DrillSituation) -> Judgement {
        guard let primary = situation.primary else {
            let words = SafeText(situation.report?.primaryFailure ?? "it is not known")
            return (.refusal(option: nil), "the primary does not answer: \(words)")
        }
        let (address, version) = (SafeText(primary.address), SafeText(primary.version))
        return (.okay, "primary \(address), Redis \(version), \(Figures.exact(primary.clients)) clients")
    }

    private static func replicas(_ situation: DrillSituation) -> Judgement {
        let good = situation.goodReplicas
        let all = situation.report?.replicas.count ?? 0
        switch good.count {
        case 0: return (.refusal(option: nil), "none of \(all) replicas could be promoted")
        case 1:
            return (
                .warning, "only \(SafeText(good[0].address)) could be promoted: without the old primary it stands alone"
            )
        default: return (.okay, "\(good.count) of \(all) replicas could be promoted")
        }
    }

    private static func lag(_ situation: DrillSituation) -> Judgement {
        let good = situation.goodReplicas
        let bytes = good.compactMap(\.lagBytes).max() ?? 0
        let silence = good.compactMap(\.lagSeconds).max() ?? 0
        let words: SafeText =
            "replicas are at most \(Figures.bytes(ByteCount(bytes))) behind, last heard \(Figures.whole(silence)) s ago"
        guard bytes <= DrillOptions.maximumLag.bytes, silence <= DrillOptions.maximumSilence.inSeconds else {
            return refusal("allow-lag", unless: situation.options.allowLag, words + "; what they lack would be lost")
        }
        return (.okay, words)
    }
}

// MARK: - The fleet

extension DrillCheck {
    private static func workers(_ situation: DrillSituation) -> Judgement {
        let bad = situation.fleet.ordered.filter { $0.isStale || $0.sample?.state != .active }
        guard !situation.workers.isEmpty else { return (.refusal(option: nil), "no worker answers") }
        guard let first = bad.first else { return (.okay, "all \(situation.workers.count) workers are active") }
        let state = first.isStale ? "does not answer" : SafeText("is " + (first.sample?.state.rawValue ?? "unknown"))
        return refusal(
            "allow-unhealthy", unless: situation.options.allowUnhealthy,
            "\(bad.count) of \(situation.fleet.workers.count) workers are not active: \(first.id) \(state)")
    }

    private static func breakers(_ situation: DrillSituation) -> Judgement {
        let samples = situation.fleet.ordered.filter { !$0.isStale }.compactMap(\.sample)
        for sample in samples {
            guard let open = sample.breakers.first(where: { $0.state != .closed }) else { continue }
            return refusal(
                "allow-unhealthy", unless: situation.options.allowUnhealthy,
                "the \(SafeText(open.name.rawValue)) breaker of \(sample.worker) is \(SafeText(open.state.rawValue))")
        }
        return (.okay, "all breakers are closed")
    }

    private static func safety(_ situation: DrillSituation) -> Judgement {
        guard situation.safety.engaged else { return (.okay, "the safety lever is released") }
        let who = SafeText(situation.safety.by ?? "somebody")
        return (.refusal(option: nil), "\(who) engaged the safety lever; an admin releases it: gadtop safety release")
    }

    private static func running(_ situation: DrillSituation) -> Judgement {
        guard let running = situation.running else { return (.okay, "nothing else is under way") }
        let (kind, leader) = (SafeText(running.plan.kind.rawValue), SafeText(running.leader))
        return (.refusal(option: nil), "\(kind) \(SafeText(running.id)) by \(leader) is under way")
    }

    private static func interval(_ situation: DrillSituation) -> Judgement {
        guard let last = situation.report?.drills?.lastAt else { return (.okay, "no drill before this one") }
        let age = last.duration(to: situation.now)
        guard age < DrillOptions.shortestInterval else { return (.okay, "last drill \(Figures.age(age)) ago") }
        return refusal(
            "again", unless: situation.options.again, "the last drill was only \(Figures.age(max(.zero, age))) ago")
    }

    private static func reach(_ situation: DrillSituation) -> Judgement {
        switch (situation.options.mode, situation.reach) {
        case (.graceful, _): (.okay, "a Sentinel is told; no process is touched")
        case (.crash, .process(let id)): (.okay, "the primary is process \(id) of this machine")
        case (.crash, .outOfReach(let words)):
            (.refusal(option: nil), "the primary cannot be stopped from here: \(words); try --mode graceful")
        }
    }
}
