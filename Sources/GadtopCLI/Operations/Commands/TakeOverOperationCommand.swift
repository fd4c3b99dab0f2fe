import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop operations takeover ID`
struct TakeOverOperationCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "takeover", abstract: "Lead an operation on whose leader is gone.",
        discussion: """
            An operation whose leader has told of itself within the last 10 s cannot be taken over. A drill that is \
            taken over is ended, for nobody can measure what is over: its probes end and a primary that it stopped \
            goes on by themselves, and a failover that was ordered goes its way.

            Examples:
              gadtop operations takeover 4f9a12c07b3e
              gadtop operations takeover 4f9a12c07b3e --reason "maria's laptop died" --yes -o json
            """)

    @OptionGroup var argument: OperationArgument
    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let record = try await reading { () throws(AdminError) in try await fleet.desk.operation(argument.id) }
        if mutation.dryRun { return record.printDryRun("would be " + record.fate, as: mutation.output) }
        Print.error("\(SafeText(record.plan.kind.rawValue)) \(SafeText(record.id)) will be \(record.fate)")
        if !mutation.yes { try Confirmation.yes(to: "Take it over from \(SafeText(record.leader))") }
        try await TakeOver(fleet: fleet, mutation: mutation).lead(record)
    }
}

extension OperationRecord {
    /// What becomes of it with another leader.
    fileprivate var fate: SafeText {
        switch plan.kind {
        case .drain, .rebalance: "led from here to its end"
        case .failoverDrill: "ended unmeasured; its probes end and a primary that it stopped goes on by themselves"
        case .undrain, .throttle, .broadcast, .breaker, .kick, .safety: "left alone: its lease ends by itself"
        }
    }
}

/// Becomes the leader of an operation, and leads it.
@MainActor
struct TakeOver {
    let fleet: ConnectedFleet
    let mutation: MutationOptions
    var isCancelling = false

    private static let interval: Duration = .seconds(1)
    /// A little more than a lease.
    private static let tries = 12

    func lead(_ record: OperationRecord) async throws {
        let kind = SafeText(record.plan.kind.rawValue)
        guard record.machine != nil else {
            throw CommandFailure(
                .failed, "a \(kind) cannot be led by another than who began it; its lease ends by itself")
        }
        let taken = try await taken(record.id)
        guard let machine = taken.machine else { return }
        try await GuidedOperation(fleet: fleet, mutation: mutation, isCancelling: isCancelling).carryOn(taken, machine)
    }

    /// Waits for the lease of a leader that is gone to end.
    private func taken(_ id: String) async throws -> OperationRecord {
        let reference = OperationReference(id: id, reason: mutation.reason)
        for _ in 1..<Self.tries {
            do {
                return try await fleet.desk.takeOver(reference)
            } catch {
                guard error.code == .operationRunning else { throw CommandFailure(error) }
                try await Task.sleep(for: Self.interval)
            }
        }
        return try await reading { () throws(AdminError) in try await fleet.desk.takeOver(reference) }
    }
}
