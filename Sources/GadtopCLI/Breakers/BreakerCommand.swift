import AdminAPI
import ArgumentParser
import ControlPlane
import FleetModel

/// `gadtop breaker open|close|auto NAME`
struct BreakerCommand: MainThreadCommand {
    static let configuration = CommandConfiguration(
        commandName: "breaker", abstract: "Hold a worker's circuit breaker open or closed for a while; admins only.",
        discussion: """
            Held open, every call that it guards is refused; held closed, every call is let through. It decides by \
            itself again when the time is over, or with auto.

            Examples:
              gadtop breaker open stream --worker gw1-w2 --for 2m --reason "Redis under repair"
              gadtop breaker auto stream --worker gw1-w2
            """)

    enum Mode: String, CaseIterable, ExpressibleByArgument {
        case open, close, auto

        var order: BreakerOrder.Mode {
            switch self {
            case .open: .open
            case .close: .closed
            case .auto: .auto
            }
        }
    }

    @Argument(help: "open, close or auto.")
    var mode: Mode

    @Argument(help: "publish, registry or stream.")
    var name: BreakerName

    @Option(name: .long, help: "Whose breaker.", completion: .workers)
    var worker: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("It decides by itself again then: 5m, 1h at most.", valueName: "time"))
    var time: DurationOption?

    @OptionGroup var fleetOptions: FleetOptions
    @OptionGroup var mutation: MutationOptions

    func validate() throws {
        guard (time?.duration).map({ $0 <= BreakerLimits.longestTime }) ?? true else {
            throw ValidationError("--for is an hour at most.")
        }
    }

    func execute() async throws {
        let fleet = try await ActFleet.open(fleetOptions)
        let endpoint = try fleet.endpoint(of: worker)
        let only = ActFleet(source: fleet.source, endpoints: [endpoint], client: fleet.client)
        let (answers, _): ([(worker: WorkerID, value: BreakersReport)], [WorkerID]) = try await only.all(.breakers)
        guard let report = answers.first?.value.items.first(where: { $0.breaker.name == name })?.breaker else {
            throw CommandFailure(.failed, "\(SafeText(worker)) has no breaker \(SafeText(name.rawValue))")
        }
        let order = BreakerOrder(
            name: name, mode: mode.order, forSeconds: time?.duration.inSeconds, reason: mutation.reason)
        let run = ActRun(plan: BreakerPlan(order, on: endpoint.worker, standing: report), mutation: mutation)
        let act: SafeText = "\(SafeText(mode.rawValue)) the \(SafeText(name.rawValue)) breaker of \(endpoint.worker)"
        let details: [(String, OutputValue)] = [
            ("worker", .worker(endpoint.worker)), ("name", .text(name.rawValue)), ("mode", .text(mode.order.rawValue)),
        ]
        guard try run.isConfirmed(to: act, details) else { return }
        tell(try await fleet.hold(order, on: endpoint), of: endpoint.worker)
    }

    private func tell(_ breaker: BreakerReport, of worker: WorkerID) {
        switch mutation.output {
        case .text: Print.output("\(SafeText(worker)) \(breaker.line)")
        case .json:
            Print.output(
                OutputRecord(
                    fields: [
                        ("operation", .text("breaker")), ("outcome", .text("done")), ("worker", .worker(worker)),
                    ] + OutputRecord.fields(of: breaker)
                ).json)
        }
    }
}

extension BreakerName: ExpressibleByArgument {}
