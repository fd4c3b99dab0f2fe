import AdminAPI
import ControlPlane
import FleetModel

/// Shows what a single act will do, and asks whether that is meant.
struct ActRun {
    let plan: any ActPlan
    let mutation: MutationOptions

    /// - Parameters:
    ///   - act: what is asked, as "throttle ops:*".
    ///   - details: what the plan has to add to its JSON.
    /// - Returns: false where a dry run ends here.
    /// - Throws: `CommandFailure` where it is refused, or nobody says yes.
    @MainActor
    func isConfirmed(to act: SafeText, _ details: [(String, OutputValue)]) throws -> Bool {
        if mutation.dryRun {
            printPlan(details)
            if plan.isRefused { throw CommandFailure(.failed, "this would be refused") }
            return false
        }
        for line in plan.lines { Print.error(line) }
        if plan.isRefused {
            throw CommandFailure(.failed, "nothing was done: it is refused for the reasons above")
        }
        guard !mutation.yes else { return true }
        if let words = plan.confirmation {
            try Confirmation.type(words, to: act)
        } else {
            try Confirmation.yes(to: "Really " + act)
        }
        return true
    }

    private func printPlan(_ details: [(String, OutputValue)]) {
        switch mutation.output {
        case .text: Print.output(plan.lines.joined(separator: "\n"))
        case .json: Print.output(OutputRecord(act: plan, details).json)
        }
    }
}

extension ActPlan {
    /// The consequences and what is to be said against them.
    fileprivate var lines: [String] {
        consequences.map(\.text)
            + objections.map { ($0.isRefusal ? "refused: " : "warning: ") + $0.words.text + $0.flag.text }
    }
}

extension PlanObjection {
    /// The flag that overrides it.
    fileprivate var flag: SafeText {
        switch severity {
        case .warning, .refusal(nil): ""
        case .refusal(let option?): "; --\(option) does it all the same"
        }
    }
}

extension OutputRecord {
    /// The plan of an act under `--dry-run`.
    fileprivate init(act plan: any ActPlan, _ details: [(String, OutputValue)]) {
        self.init(
            fields: [("operation", .text(plan.kind.rawValue)), ("dry_run", .boolean(true))] + details + [
                ("consequences", .list(plan.consequences.map { .text($0) })),
                ("refused", .boolean(plan.isRefused)),
                ("objections", .list(plan.objections.map { .record(OutputRecord(act: $0)) })),
            ])
    }

    private init(act objection: PlanObjection) {
        self.init(fields: [
            ("worker", objection.worker.map { .worker($0) } ?? .none),
            ("refusal", .boolean(objection.isRefusal)),
            ("message", .text(objection.words + objection.flag)),
        ])
    }
}
