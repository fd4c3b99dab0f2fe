import AdminAPI
import FleetModel

extension RebalanceMachine {
    /// Decides everyone's part and gives the orders, or ends it.
    mutating func move(at now: UnixTime) -> [OperationEffect] {
        let partakers = members.indices.filter { members[$0].takesPart }
        guard partakers.count > 1 else { return wait(with: partakers, now) }
        let isEven = isEvenOnceAllAreBack(partakers)
        if isEven && incoming < 1 { return stopEven(now) }
        assignParts(partakers)
        let allowance = isEven ? 0 : allowance(partakers)
        if let words = deadEnd(allowance, isEven) { return stop(.partlyDone, words, now) }
        return orders(allowance)
    }

    /// Everybody accepts until those who are degraded or silent are well again, the deadline at the latest.
    private mutating func wait(with partakers: [Int], _ now: UnixTime) -> [OperationEffect] {
        guard members.count(where: { $0.leftOut == nil }) > 1 else {
            return stop(.failed, "fewer than two workers are left to balance", now)
        }
        for index in partakers { members[index].part = .takes }
        return orders(0)
    }

    private mutating func stopEven(_ now: UnixTime) -> [OperationEffect] {
        let absent = members.filter { !$0.takesPart }.map { SafeText($0.worker).text }
        guard !absent.isEmpty else { return stop(.done, "every worker is within tolerance", now) }
        let names = SafeText(absent.joined(separator: ", "))
        return stop(.partlyDone, "the others are within tolerance; left out: " + names, now)
    }

    private func isEvenOnceAllAreBack(_ partakers: [Int]) -> Bool {
        let takers = partakers.filter { members[$0].part == .takes }
        let share = incoming / Double(max(takers.count, 1))
        return partakers.allSatisfy { index in
            balance.tolerates(members[index].staying + (takers.contains(index) ? share : 0))
        }
    }

    /// Why nothing more can come of it although loads are uneven; nil while something can.
    private func deadEnd(_ allowance: Int, _ isEven: Bool) -> SafeText? {
        guard !isEven, allowance == 0, incoming < 1, members.allSatisfy(\.isInformed) else { return nil }
        if told >= settings.moves { return "all \(Figures.exact(settings.moves)) clients of the plan were moved" }
        return "nobody has clients left to give"
    }

    /// Clients told to leave so far.
    var told: Int { members.reduce(0) { $0 + $1.told } }
}

// MARK: - Parts

extension RebalanceMachine {
    /// Who lies above the mean gives; who is about full holds, so that newcomers go to those who are not; the others
    /// take. Bounds differ by direction, so that nobody opens and closes with every tick.
    private mutating func assignParts(_ partakers: [Int]) {
        for index in partakers { members[index].part = part(of: members[index]) }
        guard !partakers.contains(where: { members[$0].part == .takes }) else { return }
        // Somebody must take: whoever has any room at all.
        let roomy = partakers.filter { balance.surplus(of: members[$0].staying) < 0 }
        for index in roomy { members[index].part = .takes }
        if roomy.isEmpty { for index in partakers { members[index].part = .takes } }
    }

    private func part(of member: RebalanceMember) -> RebalanceMember.Part {
        let surplus = balance.surplus(of: member.staying)
        switch member.part {
        case .gives: if surplus >= member.loadOfClient { return .gives }
        case .holds, .takes: if surplus > givingBound(member) { return .gives }
        }
        let bound = member.part == .takes ? Self.fullBound : Self.openBound
        return surplus >= -balance.slack * bound ? .holds : .takes
    }

    /// At the start whoever is above the mean gives; later on, who was a recipient does only when it has far too many.
    private func givingBound(_ member: RebalanceMember) -> Double {
        told == 0 ? max(1, member.loadOfClient) : balance.slack / 2
    }

    /// Parts of the slack below the mean: there a worker that takes is full, and here one that is full takes again.
    private static let fullBound = 0.25
    private static let openBound = 0.5
}

// MARK: - How many

extension RebalanceMachine {
    /// How many clients may be told to leave from now until the next look.
    private func allowance(_ partakers: [Int]) -> Int {
        let givers = partakers.map { members[$0] }.filter { $0.part == .gives }
        let spares = givers.reduce(0.0) { $0 + spare(of: $1) }
        let space = room(among: partakers.map { members[$0] }.filter { $0.part == .takes })
        let clients = min(spares, space / (givers.map(\.loadOfClient).max() ?? 1))
        return max(0, min(Int(clients), settings.moves - told))
    }

    /// Clients that a giver has too many.
    private func spare(of member: RebalanceMember) -> Double {
        (max(0, balance.surplus(of: member.staying)) / member.loadOfClient).rounded(.down)
    }

    /// How much fits before the fullest of those who take is full, since newcomers go to all of them alike.
    private func room(among takers: [RebalanceMember]) -> Double {
        guard !takers.isEmpty else { return 0 }
        let share = incoming / Double(takers.count)
        let least = takers.map { -balance.surplus(of: $0.staying) - share }.min() ?? 0
        if incoming < 1 { return max(least, 1) * Double(takers.count) }
        return max(least, 0) * Double(takers.count)
    }

    private mutating func orders(_ allowance: Int) -> [OperationEffect] {
        let spares = members.map { isGiving($0) ? spare(of: $0) : 0 }
        let all = max(spares.reduce(0, +), 1)
        var unused = max(0, settings.moves - members.reduce(0) { $0 + $1.perhapsTold })
        var effects: [OperationEffect] = []
        for (index, share) in spares.split(allowance).enumerated() {
            let rate = max(settings.ratePerSecond * spares[index] / all, Self.lowestRate)
            let count = ceiling(members[index], share, &unused)
            if let effect = order(index, count: count, rate: rate) { effects.append(effect) }
        }
        return effects
    }

    /// One whose sample has not shown yet how many it told gives nobody: it closes its door first.
    private func isGiving(_ member: RebalanceMember) -> Bool {
        member.takesPart && member.part == .gives && member.isShedding
    }

    /// A rate has to be more than zero also where nobody is to leave.
    private static let lowestRate = 0.1

    /// How many a giver may have told in all, so that all together never tell more than the plan said, however old
    /// their samples are.
    private func ceiling(_ member: RebalanceMember, _ share: Int, _ unused: inout Int) -> Int {
        let wanted = member.told + share
        let grant = min(max(0, wanted - member.perhapsTold), unused)
        unused -= grant
        return min(wanted, member.perhapsTold + grant)
    }

    private mutating func order(_ index: Int, count: Int, rate: Double) -> OperationEffect? {
        let member = members[index]
        guard member.silentSince == nil else { return nil }
        guard member.takesPart, member.part != .takes else {
            return member.isOrdered ? .order(.stopShedding(ShedStopRequest(reason: nil)), to: member.worker) : nil
        }
        members[index].isOrdered = true
        members[index].allowed = count
        members[index].allowedRate = rate
        return .order(
            .shed(ShedRequest(count: count, ratePerSecond: rate, rooms: settings.rooms?.description)),
            to: member.worker)
    }
}

extension RebalanceMember {
    /// Whether its sample tells all that decisions about it need.
    fileprivate var isInformed: Bool { !takesPart || part != .gives || isShedding }
}
