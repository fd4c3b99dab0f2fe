import AdminAPI
import FleetModel

/// How a command that led an operation ends: the outcome on stdout, and its status.
struct OperationEnd {
    private let result: Result<OperationRecord, AdminError>
    private let format: OutcomeFormat
    private let wantsCancelled: Bool

    /// - Parameter wantsCancelled: the command is there to cancel: that it was cancelled is a success.
    init(_ result: Result<OperationRecord, AdminError>, as format: OutcomeFormat, wantsCancelled: Bool = false) {
        self.result = result
        self.format = format
        self.wantsCancelled = wantsCancelled
    }

    /// - Throws: `CommandFailure` unless everything was done.
    func tell() throws {
        switch result {
        case .success(let record):
            Print.output(format == .json ? OutputRecord(record).json : record.outcomeText)
            if wantsCancelled, record.outcome?.status == .cancelled { return }
            if let failure = record.failure { throw failure }
        case .failure(let error): throw CommandFailure(error)
        }
    }
}

extension CommandFailure {
    /// What a worker refused a command with.
    init(_ error: AdminError) {
        self.init(error.exitStatus, SafeText(error.message).text)
    }
}

extension AdminError {
    var exitStatus: ExitStatus {
        switch code {
        case .denied: .denied
        case .unavailable: .unreachable
        case .badRequest, .notFound, .methodNotAllowed, .alreadyDraining, .notDraining, .shuttingDown,
            .payloadTooLarge, .auditUnavailable, .safetyEngaged, .operationRunning, .operationRequired, .fenced,
            .planExpired, .planDrifted, .planInvalid, .conflict, .internal:
            .failed
        }
    }
}

extension OperationRecord {
    var failure: CommandFailure? {
        guard let outcome else {
            return CommandFailure(.partlyDone, "operation \(id) is left running; see: gadtop operations show \(id)")
        }
        let words = SafeText(outcome.words).text
        switch outcome.status {
        case .done: return nil
        case .partlyDone: return CommandFailure(.partlyDone, words)
        case .failed: return CommandFailure(.failed, words)
        case .cancelled: return CommandFailure(.failed, "cancelled: \(words)")
        case .interrupted: return CommandFailure(.failed, "interrupted: \(words)")
        }
    }

    /// One line for each worker, and what came of the whole.
    var outcomeText: String {
        let lines = state.workers.map { "\(SafeText($0.worker)): \(SafeText($0.words))" }
        let status = outcome.map { SafeText($0.status.rawValue.replacing("_", with: " ")) } ?? "left running"
        return (lines + ["\(status): \(SafeText(outcome?.words ?? state.note))"]).joined(separator: "\n")
    }
}
