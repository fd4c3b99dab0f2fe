import FleetModel

/// What the checks of a rebalance look at.
struct RebalanceSituation {
    let fleet: Fleet
    let roster: RebalanceRoster
    let settings: RebalanceSettings
    let duration: Duration
    let recipients: [RebalancePlan.Share]
    let churnPerMinute: Double
}

/// The checks that a rebalance passes, in the order in which their answers are shown.
enum RebalanceCheck: CaseIterable {
    case leftOut, rate, enoughWorkers, roomsCounted, roomsKnown, reachableDeadline, capacity, churn, storm,
        criticalRooms

    static func objections(_ situation: RebalanceSituation) -> [PlanObjection] {
        allCases.flatMap { $0.objections(situation) }
    }

    private func objections(_ situation: RebalanceSituation) -> [PlanObjection] {
        switch self {
        case .leftOut:
            situation.roster.leftOut.map {
                PlanObjection(
                    .warning, worker: $0.worker,
                    "\($0.worker) " + $0.words + say(": it is left out", ": queda afuera"))
            }
        case .rate: rate(situation)
        case .enoughWorkers: enoughWorkers(situation)
        case .roomsCounted: roomsCounted(situation)
        case .roomsKnown: roomsKnown(situation)
        case .reachableDeadline: reachableDeadline(situation)
        case .capacity: capacity(situation)
        case .churn: churn(situation)
        case .storm: storm(situation)
        case .criticalRooms: criticalRooms(situation)
        }
    }

    /// Workers take no higher rate, and one at which it takes a day is mistyped.
    private func rate(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard
            !DrainLimits.allows(ratePerSecond: situation.settings.ratePerSecond)
                || situation.duration > DrainLimits.longestDeadline
        else { return [] }
        let (most, time) = (Figures.exact(Int(DrainLimits.highestRate)), Figures.span(DrainLimits.longestDeadline))
        return [
            PlanObjection(
                .refusal(option: nil),
                say(
                    "the rate must be above 0, up to \(most) moves a second, and be done within \(time)",
                    "el ritmo debe ser mayor que 0, hasta \(most) movimientos por segundo, y terminar en \(time)"))
        ]
    }

    private func enoughWorkers(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard situation.roster.participants.count < 2 else { return [] }
        return [
            PlanObjection(
                .refusal(option: nil),
                say(
                    "it takes two active workers that answer to balance anything",
                    "hacen falta dos workers activos que respondan para equilibrar algo"))
        ]
    }

    /// From the largest rooms alone a plan would be a guess.
    private func roomsCounted(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard situation.settings.rooms != nil, situation.fleet.workers.values.allSatisfy({ $0.tally == nil }),
            situation.roster.leftOut.contains(where: { $0.words == WorkerRecord.uncountedWords })
        else { return [] }
        return [
            PlanObjection(
                .refusal(option: nil),
                say(
                    "workers have more rooms than their samples name, and nobody counted them; "
                        + "gadtop rebalance --rooms counts",
                    "los workers tienen más salas de las que nombran sus muestras, y nadie las contó; "
                        + "gadtop rebalance --rooms cuenta"))
        ]
    }

    private func roomsKnown(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard let rooms = situation.settings.rooms, !situation.roster.participants.isEmpty,
            situation.roster.participants.allSatisfy({ $0.load == 0 })
        else {
            return []
        }
        let pattern = SafeText(rooms.description)
        return [
            PlanObjection(
                .refusal(option: nil),
                say(
                    "nobody is in a room that \(pattern) names",
                    "no hay nadie en una sala que \(pattern) nombre"))
        ]
    }

    private func reachableDeadline(_ situation: RebalanceSituation) -> [PlanObjection] {
        let settings = situation.settings
        guard situation.duration > settings.deadline else { return [] }
        let needed = Figures.whole((Double(settings.moves) / settings.deadline.inSeconds).rounded(.up))
        let (moves, rate) = (Figures.exact(settings.moves), Figures.rate(settings.ratePerSecond))
        let (time, least) = (Figures.wait(situation.duration), Figures.exact(needed))
        let words = say(
            "\(moves) connections at \(rate)/s take \(time): it takes about \(least)/s, or a later deadline",
            "\(moves) conexiones a \(rate)/s llevan \(time): hacen falta unas \(least)/s, o un plazo más largo")
        return [PlanObjection(.refusal(option: nil), words)]
    }

    private func capacity(_ situation: RebalanceSituation) -> [PlanObjection] {
        situation.recipients.compactMap { recipient in
            let participant = situation.roster.participants.first { $0.worker == recipient.worker }
            guard let free = participant?.freeDescriptors, free < recipient.count else { return nil }
            let (worker, more, count) = (recipient.worker, Figures.exact(free), Figures.exact(recipient.count))
            return PlanObjection(
                .warning, worker: worker,
                say(
                    "\(worker) can open \(more) more descriptors, and about \(count) clients will come",
                    "\(worker) puede abrir \(more) descriptores más, y vendrán unos \(count) clientes"))
        }
    }

    private func churn(_ situation: RebalanceSituation) -> [PlanObjection] {
        let standard = RebalancePlan.standardRate(for: situation.fleet.totals.connections)
        guard situation.settings.moves > 0, situation.settings.ratePerSecond > standard else { return [] }
        let (rate, most) = (Figures.rate(situation.settings.ratePerSecond), Figures.rate(standard))
        let budget = Figures.percent(ChurnBudget.perMinute)
        let words = say(
            "\(rate)/s is over the churn budget of \(budget) a minute, which is \(most)/s",
            "\(rate)/s supera el presupuesto de churn de \(budget) por minuto, que es \(most)/s")
        return [PlanObjection(.warning, words)]
    }

    private func storm(_ situation: RebalanceSituation) -> [PlanObjection] {
        situation.fleet.ordered.filter { !$0.isStale && $0.sample?.storm != nil }.map {
            PlanObjection(
                .warning, worker: $0.id,
                say(
                    "clients connect to \($0.id) much faster than usual: counts may not be what they seem",
                    "los clientes se conectan a \($0.id) mucho más que de costumbre: las cuentas pueden engañar"))
        }
    }

    /// As many as fit a line or two.
    private static let namedRooms = 10

    private func criticalRooms(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard let rooms = situation.settings.rooms, situation.settings.moves > 0 else { return [] }
        let critical = Set(situation.fleet.ordered.flatMap { $0.tally(of: rooms)?.criticalRooms ?? [] }).sorted()
        guard !critical.isEmpty else { return [] }
        let count = critical.count - Self.namedRooms
        let more = count > 0 ? say(" and \(count) more", " y \(count) más") : ""
        let names = SafeText(critical.prefix(Self.namedRooms).map(\.rawValue).joined(separator: ", ")) + more
        let words = say(
            ": critical; clients that resume miss nothing, others may",
            ": críticas; los clientes que reanudan no pierden nada, otros quizá")
        return [PlanObjection(.warning, names + words)]
    }
}
