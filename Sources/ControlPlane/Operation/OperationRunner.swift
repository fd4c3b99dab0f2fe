import AdminAPI
import FleetModel

/// Leads operations: asks the fleet once a second, lets the machine decide, gives its orders, and tells the desk.
package struct OperationRunner: Sendable {
    private let desk: any OperationDesk
    private let fleet: any OperatedFleet
    private let clock: RunnerClock

    package static let tick: Duration = .seconds(1)

    package init(desk: any OperationDesk, fleet: any OperatedFleet, clock: RunnerClock) {
        self.desk = desk
        self.fleet = fleet
        self.clock = clock
    }

    /// Begins what a plan says, and leads it to its end.
    /// - Parameter told: hears the record as it is after each tick, the first one before anything was ordered.
    /// - Returns: the record with its outcome; without one when it was left running.
    /// - Throws: why it did not start.
    package func run(
        _ plan: any PlannedOperation, reason: String?, controls: OperationControls = OperationControls(),
        told: @escaping @Sendable (OperationRecord) -> Void = { _ in }
    ) async throws(AdminError) -> OperationRecord {
        let start = OperationStart(plan: plan.operation, planHash: try plan.operation.checkedHash(), reason: reason)
        return await lead(try await desk.start(start), plan.machine(), controls: controls, told: told)
    }

    /// Leads an operation that this process has begun or taken over.
    package func lead(
        _ record: OperationRecord, _ machine: any OperationMachine, controls: OperationControls = OperationControls(),
        told: @escaping @Sendable (OperationRecord) -> Void = { _ in }
    ) async -> OperationRecord {
        var lead = OperationLead(record, machine)
        told(lead.shown)
        if let cancel = record.cancel { await cancelled(&lead, by: cancel.by, reason: cancel.reason) }
        while !lead.isOver {
            await turn(&lead, controls)
            told(lead.shown)
            if lead.isOver || controls.isLeft { break }
            // A task that is cancelled leads no longer.
            do { try await clock.sleep(Self.tick) } catch { break }
        }
        lead.leave()
        return lead.shown
    }
}

// MARK: - One tick

extension OperationRunner {
    private func turn(_ lead: inout OperationLead, _ controls: OperationControls) async {
        if lead.mayOrder {
            await pass(.fleet(await fleet.snapshot(counting: lead.countedRooms)), to: &lead)
            if let wish = controls.takeCancel() { await cancel(&lead, reason: wish.reason) }
        }
        // A drill is led also while the desk cannot be reached: that is what it is for.
        if let evidence = await fleet.evidence(for: lead.record) {
            await carryOut(lead.receive(evidence, at: clock.now()), of: &lead)
        }
        await report(&lead)
    }

    /// Tells the desk first, so that the order stands in the audit.
    private func cancel(_ lead: inout OperationLead, reason: String?) async {
        let reference = OperationReference(id: lead.record.id, reason: reason)
        do {
            _ = try await desk.cancel(reference)
            await report(&lead)
        } catch {
            // Whoever leads may always stop; that it could not be written down does not keep the fleet unsafe.
            await cancelled(&lead, by: lead.record.leader, reason: reason)
        }
    }

    private func cancelled(_ lead: inout OperationLead, by name: String, reason: String?) async {
        await pass(.cancel(by: name, reason: reason), to: &lead)
    }

    private func report(_ lead: inout OperationLead) async {
        let news = lead.news(at: clock.now())
        let order = lead.reported(news, await answer(to: news), at: clock.now())
        guard let order else { return }
        await cancelled(&lead, by: order.by, reason: order.reason)
    }

    private func answer(to news: OperationNews) async -> Result<OperationRecord, AdminError> {
        do { return .success(try await desk.report(news)) } catch { return .failure(error) }
    }

    /// Hands an input to the machine, gives the orders that come of it, and hands on the answers, until it rests.
    private func pass(_ input: OperationInput, to lead: inout OperationLead) async {
        await carryOut(lead.receive(input, at: clock.now()), of: &lead)
    }

    private func carryOut(_ wanted: [OperationLead.Order], of lead: inout OperationLead) async {
        var orders = wanted[...]
        await act(&lead)
        while let order = orders.popFirst() {
            let refusal = await give(order, of: lead.record)
            let answer = OperationInput.answered(order.worker, order.command, refusal: refusal)
            orders += lead.receive(answer, at: clock.now())
            await act(&lead)
        }
    }

    private func act(_ lead: inout OperationLead) async {
        for act in lead.takeActs() { await fleet.perform(act, for: lead.record) }
    }

    private func give(_ order: OperationLead.Order, of record: OperationRecord) async -> AdminError? {
        do {
            try await fleet.order(order.command, to: order.worker, for: record)
            return nil
        } catch {
            return error
        }
    }
}

extension OperationPlan {
    package func checkedHash() throws(AdminError) -> String {
        do { return try hash } catch { throw AdminError(.internal, "the plan cannot be written as JSON: \(error)") }
    }
}
