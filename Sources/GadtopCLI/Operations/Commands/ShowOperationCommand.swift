import AdminAPI
import ArgumentParser
import FleetModel

/// `gadtop operations show ID`
struct ShowOperationCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print one operation with its workers and its steps.",
        discussion: """
            With --watch, follows it to its end; its status then is that of the operation.

            Examples:
              gadtop operations show 4f9a12c07b3e
              gadtop operations show 4f9a12c07b3e --watch
              gadtop operations show 4f9a12c07b3e -o json | jq .steps
            """)

    @OptionGroup var argument: OperationArgument
    @OptionGroup var fleetOptions: FleetOptions

    @Option(name: .shortAndLong, help: "How to print it: text or json.")
    var output: OutcomeFormat = .text

    @Flag(name: .shortAndLong, help: "Follow it until it has ended.")
    var watch = false

    func execute() async throws {
        let fleet = try await ConnectedFleet.open(fleetOptions)
        let record = try await reading { () throws(AdminError) in try await fleet.desk.operation(argument.id) }
        guard watch else { return show(record) }
        let last = try await OperationWatch(desk: fleet.desk).follow(record)
        if last.outcome == nil {
            Print.error("its leader is silent; to lead it: gadtop operations takeover \(SafeText(last.id))")
        }
        try OperationEnd(.success(last), as: output).tell()
    }

    private func show(_ record: OperationRecord) {
        switch output {
        case .json: Print.output(OutputRecord(record).json)
        case .text:
            let reason = record.reason.map { "\nreason: \(SafeText($0))" } ?? ""
            let head =
                "\(SafeText(record.plan.kind.rawValue)) \(SafeText(record.id)), begun \(record.startedAt) by "
                + "\(SafeText(record.leader)) (\(SafeText(record.origin)))" + reason
            let steps = record.steps.map { "\($0.at)  \(SafeText($0.words))" }
            Print.output(([head] + steps + [record.outcomeText]).joined(separator: "\n"))
        }
    }
}
