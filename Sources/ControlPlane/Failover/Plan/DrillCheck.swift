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
            return (
                .refusal(option: nil),
                say("no worker could be asked about its Redis", "no se pudo preguntar a ningún worker por su Redis")
            )
        }
        guard report.master != nil else {
            return (
                .refusal(option: nil),
                say(
                    "the fleet's Redis is not watched by Sentinels: start gadgate with --sentinel and --master",
                    "el Redis de la flota no tiene Sentinels: inicie gadgate con --sentinel y --master")
            )
        }
        let silent = report.sentinels.filter { $0.failure != nil }.map { SafeText($0.address).text }
        let count = report.sentinels.count
        guard silent.isEmpty else {
            let names = SafeText(silent.joined(separator: ", "))
            let answering = count - silent.count
            let words = say(
                "\(answering) of \(count) Sentinels answer; silent: \(names)",
                "responden \(answering) de \(count) Sentinels; callan: \(names)")
            return (.warning, words)
        }
        return (.okay, say("all \(count) Sentinels answer", "responden los \(count) Sentinels"))
    }

    private static func quorum(_ situation: DrillSituation) -> Judgement {
        let answering = situation.sentinels.filter { $0.failure == nil }
        guard let first = answering.first else {
            return (.refusal(option: nil), say("no Sentinel answers", "no responde ningún Sentinel"))
        }
        if let without = answering.first(where: { !$0.hasQuorum }) {
            let (who, words) = (SafeText(without.address), SafeText(without.quorumWords))
            return (
                .refusal(option: nil),
                say(
                    "\(who) could not carry out a failover: \(words)", "\(who) no podría hacer un failover: \(words)")
            )
        }
        let (quorum, usable) = (first.quorum, answering.count)
        let words = say(
            "quorum \(quorum), \(usable) of \(first.known) Sentinels usable",
            "quórum \(quorum), \(usable) de \(first.known) Sentinels utilizables")
        return (.okay, words)
    }

    private static func tilt(_ situation: DrillSituation) -> Judgement {
        let tilted = situation.sentinels.filter(\.tilt).map { SafeText($0.address).text }
        guard !tilted.isEmpty else { return (.okay, say("no Sentinel is in TILT", "ningún Sentinel está en TILT")) }
        let names = SafeText(tilted.joined(separator: ", "))
        return (
            .refusal(option: nil),
            say(
                "in TILT, and so doing nothing for 30 s: \(names); look at its clock",
                "en TILT, y por eso sin hacer nada por 30 s: \(names); mire su reloj")
        )
    }

    private static func inProgress(_ situation: DrillSituation) -> Judgement {
        guard let busy = situation.sentinels.first(where: \.isFailingOver) else {
            return (.okay, say("no failover is under way", "no hay ningún failover en curso"))
        }
        let who = SafeText(busy.address)
        let words = say(
            "\(who) is failing over already; wait until it is over",
            "\(who) ya está en un failover; espere a que termine")
        return (.refusal(option: nil), words)
    }
}

// MARK: - Servers

extension DrillCheck {
    private static func primary(_ situation: DrillSituation) -> Judgement {
        guard let primary = situation.primary else {
            let why = situation.report?.primaryFailure.map { SafeText($0) } ?? say("it is not known", "no se conoce")
            return (
                .refusal(option: nil), say("the primary does not answer: \(why)", "el primario no responde: \(why)")
            )
        }
        let (address, version) = (SafeText(primary.address), SafeText(primary.version))
        let clients = Figures.exact(primary.clients)
        let words = say(
            "primary \(address), Redis \(version), \(clients) clients",
            "primario \(address), Redis \(version), \(clients) clientes")
        return (.okay, words)
    }

    private static func replicas(_ situation: DrillSituation) -> Judgement {
        let good = situation.goodReplicas
        let all = situation.report?.replicas.count ?? 0
        switch good.count {
        case 0:
            let words = say(
                "none of \(all) replicas could be promoted", "ninguna de \(all) réplicas se podría promover")
            return (.refusal(option: nil), words)
        case 1:
            let only = SafeText(good[0].address)
            let words = say(
                "only \(only) could be promoted: without the old primary it stands alone",
                "solo \(only) se podría promover: sin el primario anterior queda solo")
            return (.warning, words)
        default:
            let words = say(
                "\(good.count) of \(all) replicas could be promoted",
                "\(good.count) de \(all) réplicas se podrían promover")
            return (.okay, words)
        }
    }

    private static func lag(_ situation: DrillSituation) -> Judgement {
        let good = situation.goodReplicas
        let bytes = good.compactMap(\.lagBytes).max() ?? 0
        let silence = good.compactMap(\.lagSeconds).max() ?? 0
        let (behind, heard) = (Figures.bytes(ByteCount(bytes)), Figures.whole(silence))
        let words = say(
            "replicas are at most \(behind) behind, last heard \(heard) s ago",
            "las réplicas están a lo sumo \(behind) atrás, oídas hace \(heard) s")
        guard bytes <= DrillOptions.maximumLag.bytes, silence <= DrillOptions.maximumSilence.inSeconds else {
            return refusal(
                "allow-lag", unless: situation.options.allowLag,
                words + say("; what they lack would be lost", "; lo que les falta se perdería"))
        }
        return (.okay, words)
    }
}

// MARK: - The fleet

extension DrillCheck {
    private static func workers(_ situation: DrillSituation) -> Judgement {
        let bad = situation.fleet.ordered.filter { $0.isStale || $0.sample?.state != .active }
        guard !situation.workers.isEmpty else {
            return (.refusal(option: nil), say("no worker answers", "no responde ningún worker"))
        }
        let count = situation.workers.count
        guard let first = bad.first else {
            return (.okay, say("all \(count) workers are active", "los \(count) workers están activos"))
        }
        let (all, name) = (situation.fleet.workers.count, SafeText(first.sample?.state.rawValue ?? "unknown"))
        let state =
            first.isStale ? say("does not answer", "no responde") : say("is \(name)", "está \(name)")
        return refusal(
            "allow-unhealthy", unless: situation.options.allowUnhealthy,
            say(
                "\(bad.count) of \(all) workers are not active: \(first.id) \(state)",
                "\(bad.count) de \(all) workers no están activos: \(first.id) \(state)"))
    }

    private static func breakers(_ situation: DrillSituation) -> Judgement {
        let samples = situation.fleet.ordered.filter { !$0.isStale }.compactMap(\.sample)
        for sample in samples {
            guard let open = sample.breakers.first(where: { $0.state != .closed }) else { continue }
            let (name, state) = (SafeText(open.name.rawValue), SafeText(open.state.rawValue))
            return refusal(
                "allow-unhealthy", unless: situation.options.allowUnhealthy,
                say(
                    "the \(name) breaker of \(sample.worker) is \(state)",
                    "el breaker \(name) de \(sample.worker) está \(state)"))
        }
        return (.okay, say("all breakers are closed", "todos los breakers están cerrados"))
    }

    private static func safety(_ situation: DrillSituation) -> Judgement {
        guard situation.safety.engaged else {
            return (.okay, say("the safety lever is released", "la palanca de seguridad está suelta"))
        }
        let who = situation.safety.by.map { SafeText($0) } ?? say("somebody", "alguien")
        let words = say(
            "\(who) engaged the safety lever; an admin releases it: gadtop safety release",
            "\(who) puso la palanca de seguridad; un admin la suelta: gadtop safety release")
        return (.refusal(option: nil), words)
    }

    private static func running(_ situation: DrillSituation) -> Judgement {
        guard let running = situation.running else {
            return (.okay, say("nothing else is under way", "no hay nada más en curso"))
        }
        let (kind, leader) = (SafeText(running.plan.kind.rawValue), SafeText(running.leader))
        let id = SafeText(running.id)
        return (
            .refusal(option: nil),
            say("\(kind) \(id) by \(leader) is under way", "\(kind) \(id), de \(leader), está en curso")
        )
    }

    private static func interval(_ situation: DrillSituation) -> Judgement {
        guard let last = situation.report?.drills?.lastAt else {
            return (.okay, say("no drill before this one", "ningún simulacro antes de este"))
        }
        let age = last.duration(to: situation.now)
        guard age < DrillOptions.shortestInterval else {
            return (.okay, say("last drill \(Figures.age(age)) ago", "último simulacro hace \(Figures.age(age))"))
        }
        let short = Figures.age(max(.zero, age))
        return refusal(
            "again", unless: situation.options.again,
            say("the last drill was only \(short) ago", "el último simulacro fue hace solo \(short)"))
    }

    private static func reach(_ situation: DrillSituation) -> Judgement {
        switch (situation.options.mode, situation.reach) {
        case (.graceful, _):
            (
                .okay,
                say("a Sentinel is told; no process is touched", "se le dice a un Sentinel; no se toca ningún proceso")
            )
        case (.crash, .process(let id)):
            (
                .okay,
                say("the primary is process \(id) of this machine", "el primario es el proceso \(id) de esta máquina")
            )
        case (.crash, .unseen):
            (
                .warning,
                say(
                    "the primary must be a process of this machine: looked at first, and refused if it is not",
                    "el primario debe ser un proceso de esta máquina: se mira antes, y si no, se rechaza")
            )
        case (.crash, .outOfReach(let words)):
            (
                .refusal(option: nil),
                say(
                    "the primary cannot be stopped from here: \(words); try --mode graceful",
                    "el primario no se puede detener desde aquí: \(words); pruebe --mode graceful")
            )
        }
    }
}
