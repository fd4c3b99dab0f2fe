import AdminAPI
import AdminClient
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop kick CONNECTION`
struct KickCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "kick", abstract: "Close one connection, on whichever worker it is.",
        discussion: """
            The client is told 3507, "sent away by an operator", and stays away if it keeps to the protocol; with \
            --may-return it is told 3014 and may come back.

            Examples:
              gadtop kick 2f1c0f6e-9d3b-4a0e-8a52-0d6c1f6f7a11
              gadtop kick 2f1c0f6e-9d3b-4a0e-8a52-0d6c1f6f7a11 --user ana --may-return --reason "stuck client"
            """)

    @Argument(help: "Its id, as 'gadtop get connections' prints it.")
    var connection: String

    @Option(name: .long, help: "Only if it is a connection of this user.")
    var user: String?

    @Flag(name: .long, help: "Let the client come back.")
    var mayReturn = false

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func execute() async throws {
        let fleet = try await ActFleet.open(fleetOptions)
        let (endpoint, found) = try await find(in: fleet)
        let plan = KickPlan(
            found, on: endpoint.worker, user: user, mayReturn: mayReturn, reason: mutation.reason, now: .now)
        let run = ActRun(plan: plan, mutation: mutation)
        guard try run.isConfirmed(to: "close this connection", fields(found, endpoint.worker)) else { return }
        tell(try await fleet.kick(plan.order, on: endpoint))
    }

    private func find(in fleet: ActFleet) async throws -> (AdminEndpoint, ConnectionInfo) {
        let (answers, silent): ([(worker: WorkerID, value: Page<ConnectionInfo>)], [WorkerID]) = try await fleet.all(
            .connections, query: "connection=" + AdminRequest.encoded(connection))
        for (worker, page) in answers {
            guard let found = page.items.first else { continue }
            return (try fleet.endpoint(of: worker.rawValue), found)
        }
        let unasked = silent.map { SafeText($0).text }.joined(separator: ", ")
        throw CommandFailure(
            .failed,
            "no connection \(SafeText(connection)) on any worker that answers"
                + (silent.isEmpty ? "; it has ended, or the id is another" : "; not answering: \(unasked)"))
    }

    private func fields(_ found: ConnectionInfo, _ worker: WorkerID) -> [(String, OutputValue)] {
        [("connection", .record(OutputRecord(found, on: worker)))]
    }

    private func tell(_ report: KickReport) {
        switch mutation.output {
        case .text: Print.output(report.line)
        case .json:
            Print.output(
                OutputRecord(fields: [
                    ("operation", .text("kick")), ("outcome", .text("done")),
                    ("close_code", .integer(report.closeCode)),
                    ("connection", .record(OutputRecord(report.connection, on: report.worker))),
                ]).json)
        }
    }
}
