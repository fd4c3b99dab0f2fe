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
    case leftOut, enoughWorkers, roomsKnown, reachableDeadline, capacity, churn, storm, criticalRooms

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
        case .enoughWorkers: enoughWorkers(situation)
        case .roomsKnown: roomsKnown(situation)
        case .reachableDeadline: reachableDeadline(situation)
        case .capacity: capacity(situation)
        case .churn: churn(situation)
        case .storm: storm(situation)
        case .criticalRooms: criticalRooms(situation)
        }
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

    private func roomsKnown(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard let rooms = situation.settings.rooms, situation.roster.participants.allSatisfy({ $0.load == 0 }) else {
            return []
        }
        let most = WorkerSample.maximumTopRooms
        return [
            PlanObjection(
                .refusal(option: nil),
                say(
                    "none of the \(most) largest rooms of any worker is \(SafeText(rooms.description))",
                    "ninguna de las \(most) salas más grandes de cada worker es \(SafeText(rooms.description))"))
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
        let budget = Figures.percent(RebalanceOptions.churnBudgetPerMinute)
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

    private func criticalRooms(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard let rooms = situation.settings.rooms, situation.settings.moves > 0 else { return [] }
        let critical = situation.fleet.topRooms(limit: WorkerSample.maximumTopRooms)
            .filter { rooms.matches($0.room) && $0.criticality == .critical }.map(\.room)
        guard !critical.isEmpty else { return [] }
        let names = SafeText(critical.sorted().map(\.rawValue).joined(separator: ", "))
        let words = say(
            ": critical; clients that resume miss nothing, others may",
            ": críticas; los clientes que reanudan no pierden nada, otros quizá")
        return [PlanObjection(.warning, names + words)]
    }
}
