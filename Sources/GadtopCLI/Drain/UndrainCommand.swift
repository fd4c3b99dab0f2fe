import AdminAPI
import AdminClient
import ArgumentParser
import FleetModel
import FoundationEssentials

/// `gadtop undrain WORKER…`
struct UndrainCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "undrain", abstract: "Have drained workers serve again, or stop a drain at whichever step it is.",
        discussion: """
            Examples:
              gadtop undrain gw1-w2
              gadtop undrain gw1-w0 gw1-w1 --reason "update done" --yes -o json
            """)

    @OptionGroup var targets: TargetArguments
    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        let source = try fleetOptions.choice.source(environment: ProcessInfo.processInfo.environment)
        let chosen = try targets.resolve(among: try await source.endpoints())
        let names = SafeText(chosen.map { SafeText($0.worker).text }.joined(separator: ", "))
        if mutation.dryRun { return printPlan(names, chosen.count) }
        if !mutation.yes { try Confirmation.yes(to: "Have \(names) accept clients again") }
        var order = FleetOrder(
            .undrain(UndrainRequest(reason: mutation.reason)), on: chosen, through: try AdminClient())
        await order.give()
        try order.printOutcome(as: mutation.output)
    }

    private func printPlan(_ names: SafeText, _ count: Int) {
        switch mutation.output {
        case .text: Print.output("\(names) would accept clients again.")
        case .json:
            let workers = targets.workers.map { OutputValue.text($0) }
            Print.output(
                OutputRecord(fields: [
                    ("operation", .text("undrain")), ("dry_run", .boolean(true)), ("workers", .list(workers)),
                    ("reason", .text(mutation.reason)),
                ]).json)
        }
    }
}
