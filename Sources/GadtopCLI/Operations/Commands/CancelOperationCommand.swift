import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop operations cancel ID`
struct CancelOperationCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Have an operation make the fleet safe and end, whoever leads it.",
        discussion: """
            Its leader is told and does it; where the leader is gone, this command takes the operation over and does \
            it itself.

            Examples:
              gadtop operations cancel 4f9a12c07b3e
              gadtop operations cancel 4f9a12c07b3e --reason "wrong node" --yes -o json
            """)

    @OptionGroup var argument: OperationArgument
    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let record = try await reading { () throws(AdminError) in try await fleet.desk.operation(argument.id) }
        let words: SafeText = "\(SafeText(record.plan.kind.rawValue)) \(SafeText(record.id))"
        if mutation.dryRun { return record.printDryRun("would be cancelled", as: mutation.output) }
        if !mutation.yes { try Confirmation.yes(to: "Cancel \(words) of \(SafeText(record.leader))") }
        let reference = OperationReference(id: record.id, reason: mutation.reason)
        let ordered = try await reading { () throws(AdminError) in try await fleet.desk.cancel(reference) }
        try await finish(try await OperationWatch(desk: fleet.desk).follow(ordered), fleet)
    }

    private func finish(_ record: OperationRecord, _ fleet: ConnectedFleet) async throws {
        guard record.outcome == nil else {
            return try OperationEnd(.success(record), as: mutation.output, wantsCancelled: true).tell()
        }
        try await TakeOver(fleet: fleet, mutation: mutation, isCancelling: true).lead(record)
    }
}
