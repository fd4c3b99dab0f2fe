import AdminAPI
import ControlPlane
import FleetModel
import Glibc

/// One operation from its plan to its outcome, as every command that starts one takes it.
@MainActor
struct GuidedOperation {
    let fleet: ConnectedFleet
    let mutation: MutationOptions
    /// It is led only to be cancelled.
    var isCancelling = false
    /// Puts what the operation looks at beyond samples around the fleet.
    var looks: Looks = { $0 }

    typealias Looks = @Sendable (any OperatedFleet) -> any OperatedFleet

    /// Shows the plan, asks, and leads it; with `--dry-run` the plan is all.
    /// - Parameters:
    ///   - act: what is asked to be confirmed, such as "drain".
    ///   - details: of the plan, for `--dry-run -o json`.
    /// - Throws: `CommandFailure` unless everything was done.
    func carryOut(
        _ plan: any PlannedOperation, to act: SafeText, details: [(String, OutputValue)] = []
    ) async throws {
        if mutation.dryRun { return try show(plan, details) }
        for line in plan.lines { Print.error(line) }
        if plan.isRefused {
            throw CommandFailure(.failed, "nothing was done: the \(act) is refused for the reasons above")
        }
        if !mutation.yes { try confirm(plan, act) }
        let (runner, reason) = (fleet.runner(looks), mutation.reason)
        try await follow { controls, told throws(AdminError) in
            try await runner.run(plan, reason: reason, controls: controls, told: told)
        }
    }

    /// Leads an operation that this process has taken over.
    func carryOn(_ record: OperationRecord, _ machine: any OperationMachine) async throws {
        let runner = fleet.runner(looks)
        try await follow { controls, told in
            await runner.lead(record, machine, controls: controls, told: told)
        }
    }

    private func confirm(_ plan: any PlannedOperation, _ act: SafeText) throws {
        if let words = plan.confirmation {
            try Confirmation.type(words, to: act)
        } else {
            try Confirmation.yes(to: act)
        }
    }

    private func show(_ plan: any PlannedOperation, _ details: [(String, OutputValue)]) throws {
        switch mutation.output {
        case .text: Print.output(plan.lines.joined(separator: "\n"))
        case .json: Print.output(OutputRecord(plan, details).json)
        }
        if plan.isRefused {
            throw CommandFailure(.failed, "this \(SafeText(plan.operation.kind.rawValue)) would be refused")
        }
    }
}

// MARK: - While it runs

extension GuidedOperation {
    private enum Event: Sendable {
        case told(OperationRecord)
        case wish(Interrupts.Wish)
        /// What was typed in answer to a question; nil at the end of the terminal.
        case answered(String?)
        case ended(Result<OperationRecord, AdminError>)
    }

    typealias Leading =
        @Sendable (OperationControls, @escaping @Sendable (OperationRecord) -> Void) async throws(AdminError)
        -> OperationRecord

    private func follow(_ lead: @escaping Leading) async throws {
        let (events, happened) = AsyncStream<Event>.makeStream()
        let (controls, interrupts, printer) = (OperationControls(), Interrupts(), ProgressPrinter())
        let end = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do throws(AdminError) {
                    happened.yield(.ended(.success(try await lead(controls) { happened.yield(.told($0)) })))
                } catch {
                    happened.yield(.ended(.failure(error)))
                }
            }
            group.addTask { [wishes = interrupts.wishes] in
                for await wish in wishes { happened.yield(.wish(wish)) }
            }
            defer { group.cancelAll() }
            return await watch(events, controls, printer) { happened.yield(.answered($0)) }
        }
        printer.clear()
        try OperationEnd(end, as: mutation.output, wantsCancelled: isCancelling).tell()
    }

    private func watch(
        _ events: AsyncStream<Event>, _ controls: OperationControls, _ printer: ProgressPrinter,
        answered: @escaping @Sendable (String?) -> Void
    ) async -> Result<OperationRecord, AdminError> {
        var question = InterruptQuestion(controls, answered)
        for await event in events {
            switch event {
            case .told(let record):
                question.record = record
                if !question.isOpen { printer.show(record) }
            case .ended(let result):
                question.close()
                return result
            case .wish(.end): controls.leave()
            case .wish(.interrupt):
                printer.clear()
                question.interrupted()
            case .answered(let line): question.answer(line)
            }
        }
        return .failure(AdminError(.internal, "the operation was not followed to its end"))
    }
}
