import AdminAPI
import FleetModel

/// What a plan passes before it is carried out: it is what its hash says, it is not old, and the fleet is still the one
/// that it was made for.
struct PlanCheck {
    let start: OperationStart
    let now: UnixTime

    /// Connections may have moved by this part since the plan was made, or by so many on a small worker.
    static let connectionShare = 0.1
    static let fewConnections = 50
    /// Clocks of workers may differ by this much without harm; `gadtop doctor` tells of more.
    static let clockTolerance: Duration = .seconds(5)
    /// A worker that said so within this time lives; an older entry may be of one that was killed.
    static let livingAge: Duration = .seconds(3)

    /// - Throws: `plan_invalid`, `plan_expired` or `plan_drifted`.
    func check(against members: [FleetMember]) throws(AdminError) {
        try checkHash()
        try checkAge()
        try checkMembers(members)
        for planned in start.plan.snapshot {
            if let member = members.first(where: { $0.worker == planned.worker }) { try check(planned, member) }
        }
    }

    private func checkHash() throws(AdminError) {
        // A plan that cannot be written has no hash that it could agree with.
        guard (try? start.plan.hash) == start.planHash else {
            throw AdminError(.planInvalid, "the plan is not the one its hash was made of; make it again")
        }
        let known = Set(start.plan.snapshot.map(\.worker))
        if let stranger = start.plan.targets.first(where: { !known.contains($0) }) {
            throw AdminError(.planInvalid, "the plan acts on \(SafeText(stranger)), which is not in its snapshot")
        }
    }

    private func checkAge() throws(AdminError) {
        let age = start.plan.takenAt.duration(to: now)
        let seconds = Figures.wait(OperationPlan.lifetime)
        if age > OperationPlan.lifetime {
            throw AdminError(
                .planExpired,
                "the plan is \(Figures.wait(age)) old, and one holds for \(seconds): make it again; if it is younger, "
                    + "the workers' clocks disagree (see: gadtop doctor)")
        }
        guard age >= .zero - Self.clockTolerance else {
            throw AdminError(
                .planExpired,
                "the plan is \(Figures.wait(.zero - age)) ahead of this worker's clock: the workers' clocks disagree "
                    + "(see: gadtop doctor)")
        }
    }

    /// Workers of nodes that the plan does not look at are not its concern.
    private func checkMembers(_ members: [FleetMember]) throws(AdminError) {
        let (planned, known) = (Set(start.plan.snapshot.map(\.worker)), Set(members.map(\.worker)))
        if let gone = start.plan.snapshot.first(where: { !known.contains($0.worker) }) {
            throw drifted("\(SafeText(gone.worker)) is not in the fleet any more")
        }
        let nodes = Set(members.filter { planned.contains($0.worker) }.map(\.node))
        let joined = members.first {
            !planned.contains($0.worker) && nodes.contains($0.node) && $0.age <= Self.livingAge && $0.state != .starting
        }
        if let joined { throw drifted("\(SafeText(joined.worker)) is in the fleet and not in the plan") }
    }

    private func check(_ planned: OperationPlan.Worker, _ member: FleetMember) throws(AdminError) {
        guard planned.state == member.state else {
            throw drifted("\(SafeText(planned.worker)) is \(member.state.rawValue), not \(planned.state.rawValue)")
        }
        let most = max(Self.fewConnections, Int(Double(planned.connections) * Self.connectionShare))
        guard abs(planned.connections - member.connections) <= most else {
            throw drifted(
                "\(SafeText(planned.worker)) has \(member.connections) connections, not \(planned.connections)")
        }
    }

    private func drifted(_ what: String) -> AdminError {
        AdminError(.planDrifted, "the fleet is not any more what the plan was made for: \(what); make it again")
    }
}
