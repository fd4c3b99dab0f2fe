import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop operations takeover ID`
struct TakeOverOperationCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "takeover", abstract: "Lead an operation on whose leader is gone.",
        discussion: "An operation whose leader has told of itself within the last 10 s cannot be taken over.")

    @OptionGroup var argument: OperationArgument
    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let record = try await reading { () throws(AdminError) in try await fleet.desk.operation(argument.id) }
        let words: SafeText = "\(SafeText(record.plan.kind.rawValue)) \(SafeText(record.id))"
        if mutation.dryRun { return Print.output("\(words) of \(SafeText(record.leader)) would be led from here.") }
        if !mutation.yes { try Confirmation.yes(to: "Lead \(words) of \(SafeText(record.leader))") }
        try await TakeOver(fleet: fleet, mutation: mutation).lead(record)
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
