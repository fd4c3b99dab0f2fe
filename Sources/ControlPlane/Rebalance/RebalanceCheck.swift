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
    case leftOut, enoughWorkers, roomsCounted, roomsKnown, reachableDeadline, capacity, churn, storm, criticalRooms

    static func objections(_ situation: RebalanceSituation) -> [PlanObjection] {
        allCases.flatMap { $0.objections(situation) }
    }

    private func objections(_ situation: RebalanceSituation) -> [PlanObjection] {
        switch self {
        case .leftOut:
            situation.roster.leftOut.map {
                PlanObjection(.warning, worker: $0.worker, "\($0.worker) " + $0.words + ": it is left out")
            }
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

    private func enoughWorkers(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard situation.roster.participants.count < 2 else { return [] }
        return [PlanObjection(.refusal(option: nil), "it takes two active workers that answer to balance anything")]
    }

    /// From the largest rooms alone a plan would be a guess.
    private func roomsCounted(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard situation.settings.rooms != nil, situation.fleet.workers.values.allSatisfy({ $0.tally == nil }),
            situation.roster.leftOut.contains(where: { $0.words == WorkerRecord.uncountedWords })
        else { return [] }
        return [
            PlanObjection(
                .refusal(option: nil),
                "workers have more rooms than their samples name, and nobody counted them; "
                    + "gadtop rebalance --rooms counts")
        ]
    }

    private func roomsKnown(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard let rooms = situation.settings.rooms, !situation.roster.participants.isEmpty,
            situation.roster.participants.allSatisfy({ $0.load == 0 })
        else {
            return []
        }
        return [
            PlanObjection(
                .refusal(option: nil), "nobody is in a room that " + SafeText(rooms.description) + " names")
        ]
    }

    private func reachableDeadline(_ situation: RebalanceSituation) -> [PlanObjection] {
        let settings = situation.settings
        guard situation.duration > settings.deadline else { return [] }
        let needed = Figures.whole((Double(settings.moves) / settings.deadline.inSeconds).rounded(.up))
        return [
            PlanObjection(
                .refusal(option: nil),
                "\(Figures.exact(settings.moves)) connections at \(Figures.rate(settings.ratePerSecond))/s take "
                    + "\(Figures.wait(situation.duration)): "
                    + "it takes about \(Figures.exact(needed))/s, or a later deadline"
            )
        ]
    }

    private func capacity(_ situation: RebalanceSituation) -> [PlanObjection] {
        situation.recipients.compactMap { recipient in
            let participant = situation.roster.participants.first { $0.worker == recipient.worker }
            guard let free = participant?.freeDescriptors, free < recipient.count else { return nil }
            return PlanObjection(
                .warning, worker: recipient.worker,
                "\(recipient.worker) can open \(Figures.exact(free)) more descriptors, and about "
                    + "\(Figures.exact(recipient.count)) clients will come")
        }
    }

    private func churn(_ situation: RebalanceSituation) -> [PlanObjection] {
        let standard = RebalancePlan.standardRate(for: situation.fleet.totals.connections)
        guard situation.settings.moves > 0, situation.settings.ratePerSecond > standard else { return [] }
        return [
            PlanObjection(
                .warning,
                "\(Figures.rate(situation.settings.ratePerSecond))/s is over the churn budget of "
                    + "\(Figures.percent(ChurnBudget.perMinute)) a minute, which is "
                    + "\(Figures.rate(standard))/s")
        ]
    }

    private func storm(_ situation: RebalanceSituation) -> [PlanObjection] {
        situation.fleet.ordered.filter { !$0.isStale && $0.sample?.storm != nil }.map {
            PlanObjection(
                .warning, worker: $0.id,
                "clients connect to \($0.id) much faster than usual: counts may not be what they seem")
        }
    }

    /// As many as fit a line or two.
    private static let namedRooms = 10

    private func criticalRooms(_ situation: RebalanceSituation) -> [PlanObjection] {
        guard let rooms = situation.settings.rooms, situation.settings.moves > 0 else { return [] }
        let critical = Set(situation.fleet.ordered.flatMap { $0.tally(of: rooms)?.criticalRooms ?? [] }).sorted()
        guard !critical.isEmpty else { return [] }
        let more = critical.count > Self.namedRooms ? " and \(critical.count - Self.namedRooms) more" : ""
        let names = SafeText(critical.prefix(Self.namedRooms).map(\.rawValue).joined(separator: ", ") + more)
        return [PlanObjection(.warning, names + ": critical; clients that resume miss nothing, others may")]
    }
}
