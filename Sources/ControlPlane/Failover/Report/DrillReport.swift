import AdminAPI
import FleetModel

/// What is kept of a drill: a report for people and for programs. Times are seconds from the trigger.
package struct DrillReport: Sendable, Equatable, Codable {
    package enum Verdict: String, Sendable, Codable, CaseIterable {
        case pass, fail
        /// It was ended before it could tell.
        case aborted
    }

    package struct Finding: Sendable, Equatable, Codable {
        package var check: String
        /// `okay`, `warning` or `refusal`.
        package var answer: String
        package var words: String
    }

    /// How the fleet was over some seconds.
    package struct Steady: Sendable, Equatable, Codable {
        @InSeconds package var length: Duration
        /// Of probe messages, from sending to receiving.
        package var p99: Double?
        package var longestGap: Double

        package init(length: Duration = .zero, p99: Double? = nil, longestGap: Double = 0) {
            _length = InSeconds(wrappedValue: length)
            self.p99 = p99
            self.longestGap = longestGap
        }

        private enum CodingKeys: String, CodingKey {
            case length = "length_seconds"
            case p99 = "p99_seconds"
            case longestGap = "longest_gap_seconds"
        }
    }

    package struct Moment: Sendable, Equatable, Codable {
        /// From the trigger; negative before it.
        package var after: Double
        package var words: String

        private enum CodingKeys: String, CodingKey {
            case words
            case after = "after_seconds"
        }
    }

    package var number: Int?
    /// The operation, who led it and why; filled in by whoever keeps the report.
    package var operation: String?
    package var by: String?
    package var reason: String?

    package var mode: DrillMode
    package var master: String
    package var startedAt: UnixTime?
    package var triggeredAt: UnixTime?
    package var oldPrimary: String
    package var newPrimary: String?
    package var verdict: Verdict?
    /// Why, in sentences; empty for one that passed.
    package var reasons: [String] = []
    package var maxRecovery: Double
    /// From the trigger until the last worker received again by both ways.
    package var recovery: Double?
    /// The longest time that a worker was without messages.
    package var worstGap: Double?
    package var preflight: [Finding]
    package var baseline = Steady()
    package var after: Steady?
    package var timeline: [Moment] = []
    package var workers: [WorkerAccount] = []
    /// What is not as it was before.
    package var remains: [String] = []

    package init(of plan: FailoverDrillPlan) {
        mode = plan.options.mode
        master = plan.master.text
        oldPrimary = plan.primary
        maxRecovery = plan.options.maxRecovery.inSeconds
        preflight = plan.preflight.map(Finding.init)
    }

    private enum CodingKeys: String, CodingKey {
        case number, operation, by, reason, mode, master, verdict, reasons, preflight, baseline, after, timeline
        case workers, remains
        case startedAt = "started_at"
        case triggeredAt = "triggered_at"
        case oldPrimary = "old_primary"
        case newPrimary = "new_primary"
        case maxRecovery = "max_recovery_seconds"
        case recovery = "recovery_seconds"
        case worstGap = "worst_gap_seconds"
    }
}

extension DrillReport.Finding {
    init(_ finding: DrillFinding) {
        let answer =
            switch finding.answer {
            case .okay: "okay"
            case .warning: "warning"
            case .refusal: "refusal"
            }
        self.init(check: finding.check.rawValue, answer: answer, words: finding.words.text)
    }
}
