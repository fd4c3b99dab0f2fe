import AdminAPI
import AdminClient
import FleetModel

extension FleetOrder {
    /// Prints what came of it on stdout.
    /// - Throws: `CommandFailure` with status 1, 3, 4 or 5 unless every worker did as told.
    func printOutcome(as format: OutcomeFormat) throws {
        let ordered = endpoints.compactMap { endpoint in results[endpoint.worker].map { (endpoint.worker, $0) } }
        switch format {
        case .text: Print.output(ordered.map { line($0, $1) }.joined(separator: "\n"))
        case .json: Print.output(record(ordered).json)
        }
        if let failure = outcome { throw failure }
    }

    private var failures: [AdminFailure] {
        results.values.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
    }

    private var outcome: CommandFailure? {
        let failures = failures
        guard let first = failures.first else { return nil }
        if failures.count < endpoints.count {
            let names = failures.map { SafeText($0.endpoint.worker).text }.sorted().joined(separator: ", ")
            return CommandFailure(.partlyDone, "\(failures.count) of \(endpoints.count) workers did not: \(names)")
        }
        return CommandFailure(first.failure.exitStatus, "no worker did as told")
    }

    private func line(_ worker: WorkerID, _ result: Result<DrainReport, AdminFailure>) -> String {
        switch result {
        case .success(let report): "\(SafeText(worker)): \(words(report))"
        case .failure(let failure): "\(SafeText(worker)): failed: \(SafeText(failure.failure.reason))"
        }
    }

    private func words(_ report: DrainReport) -> SafeText {
        guard let drain = report.drain else { return SafeText(report.state.rawValue) }
        guard drain.phase == .drained else {
            return
                "\(SafeText(drain.phase.rawValue)), "
                + "\(Figures.exact(drain.remaining)) of \(Figures.exact(drain.initialConnections)) left"
        }
        let told = drain.initialConnections - drain.closed
        let (all, closed) = (Figures.exact(drain.initialConnections), Figures.exact(drain.closed))
        return "drained: \(all) connections left, \(Figures.exact(told)) when told and \(closed) closed"
    }

    private var operation: SafeText {
        switch command {
        case .drain: "drain"
        case .undrain: "undrain"
        case .probe: "probe"
        case .failover: "failover"
        case .noteDrill: "drill"
        case .shed: "shed"
        case .stopShedding: "stop shedding"
        }
    }

    private func record(_ ordered: [(WorkerID, Result<DrainReport, AdminFailure>)]) -> OutputRecord {
        let outcome: SafeText = failures.isEmpty ? "done" : failures.count < endpoints.count ? "partly_done" : "failed"
        return OutputRecord(fields: [
            ("operation", .text(operation)),
            ("outcome", .text(outcome)),
            ("workers", .list(ordered.map { .record(record($0, $1)) })),
        ])
    }

    private func record(_ worker: WorkerID, _ result: Result<DrainReport, AdminFailure>) -> OutputRecord {
        switch result {
        case .success(let report):
            OutputRecord(fields: [
                ("id", .worker(worker)), ("ok", .boolean(true)), ("state", .text(report.state.rawValue)),
                ("drain", report.drain.map { .record(OutputRecord($0)) } ?? .none), ("error", .none),
            ])
        case .failure(let failure):
            OutputRecord(fields: [
                ("id", .worker(worker)), ("ok", .boolean(false)), ("state", .none), ("drain", .none),
                ("error", .text(failure.failure.reason)),
            ])
        }
    }
}

extension TransferFailure {
    /// What a command ends with when this is all that came of it.
    var exitStatus: ExitStatus {
        switch self {
        case .denied, .untrusted, .status(401, _), .status(403, _): .denied
        case .refused, .noSocket, .pathTooLong, .timedOut, .late, .closed, .silent, .other: .unreachable
        case .notHTTP, .tooLarge, .notSamples, .status, .undecodable: .failed
        }
    }
}

extension OutputRecord {
    /// A drain under the names of the admin API, with its durations in seconds.
    init(_ drain: DrainStatus) {
        self.init(fields: [
            ("phase", .text(drain.phase.rawValue)),
            ("cause", .text(drain.cause.rawValue)),
            ("requested_by", .text(drain.requestedBy)),
            ("reason", .text(drain.reason)),
            ("started_at", .time(drain.startedAt)),
            ("deadline", .time(drain.deadline)),
            ("rate_per_second", .number(drain.ratePerSecond)),
            ("initial_connections", .integer(drain.initialConnections)),
            ("remaining", .integer(drain.remaining)),
            ("closed", .integer(drain.closed)),
            ("progress", .number(drain.progress)),
            ("estimated_end", .time(drain.estimatedEnd)),
        ])
    }
}
