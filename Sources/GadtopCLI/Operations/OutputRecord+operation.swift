import AdminAPI
import ControlPlane
import FleetModel

extension OperationRecord {
    /// What a command under `--dry-run` would do with it.
    func printDryRun(_ fate: SafeText, as format: OutcomeFormat) {
        let words: SafeText = "\(SafeText(plan.kind.rawValue)) \(SafeText(id)) of \(SafeText(leader)) \(fate)."
        switch format {
        case .text: Print.output(words.text)
        case .json:
            Print.output(
                OutputRecord(fields: [
                    ("operation", .text(plan.kind.rawValue)), ("dry_run", .boolean(true)), ("id", .text(id)),
                    ("leader", .text(leader)), ("message", .text(words)),
                ]).json)
        }
    }
}

extension OutputRecord {
    /// An operation under the names of the admin API, what came of it first.
    init(_ record: OperationRecord) {
        let ended = record.outcome == nil ? nil : record.updatedAt
        self.init(fields: [
            ("operation", .text(record.plan.kind.rawValue)),
            ("outcome", .text(record.outcome?.status.rawValue)),
            ("workers", .list(record.state.workers.map { .record(OutputRecord($0)) })),
            ("message", .text(record.outcome?.words ?? record.state.note)),
            ("id", .text(record.id)),
            ("phase", .text(record.state.phase.rawValue)),
            ("progress", .number(record.state.progress)),
            ("leader", .text(record.leader)),
            ("origin", .text(record.origin)),
            ("reason", .text(record.reason)),
            ("plan_hash", .text(record.planHash)),
            ("targets", .list(record.plan.targets.map { .worker($0) })),
            ("parameters", .record(OutputRecord(record.plan.parameters))),
            ("fence", .integer(record.fence)),
            ("started_at", .time(record.startedAt)),
            ("updated_at", .time(record.updatedAt)),
            ("lease_ends_at", .time(record.leaseEndsAt)),
            ("duration_seconds", .seconds(ended.map { record.startedAt.duration(to: $0) })),
            ("cancel_ordered_by", .text(record.cancel?.by)),
            ("steps", .list(record.steps.map { .record(OutputRecord($0)) })),
        ])
    }

    private init(_ line: OperationRecord.WorkerLine) {
        self.init(fields: [
            ("id", .worker(line.worker)), ("ok", .boolean(!line.failed)), ("message", .text(line.words)),
            ("progress", .number(line.progress)),
        ])
    }

    private init(_ step: OperationRecord.Step) {
        self.init(fields: [("at", .time(step.at)), ("message", .text(step.words))])
    }

    private init(_ parameters: [String: String]) {
        self.init(fields: parameters.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })
    }

    /// A plan under `--dry-run`.
    /// - Parameter details: what the kind of operation has to add.
    init(_ plan: any PlannedOperation, _ details: [(String, OutputValue)]) {
        let operation = plan.operation
        self.init(
            fields: [
                ("operation", .text(operation.kind.rawValue)),
                ("dry_run", .boolean(true)),
                ("workers", .list(operation.targets.map { .worker($0) })),
            ] + details + [
                ("parameters", .record(OutputRecord(operation.parameters))),
                ("consequences", .list(plan.consequences.map { .text($0) })),
                ("refused", .boolean(plan.isRefused)),
                ("objections", .list(plan.objections.map { .record(OutputRecord($0)) })),
            ])
    }

    private init(_ objection: PlanObjection) {
        self.init(fields: [
            ("worker", objection.worker.map { .worker($0) } ?? .none),
            ("refusal", .boolean(objection.isRefusal)),
            ("message", .text(objection.words + objection.remedy)),
        ])
    }
}

extension PlannedOperation {
    /// The consequences and what is to be said against them.
    var lines: [String] {
        consequences.map(\.text)
            + objections.map { ($0.isRefusal ? "refused: " : "warning: ") + $0.words.text + $0.remedy.text }
    }
}

extension PlanObjection {
    /// The flag that overrides it.
    fileprivate var remedy: SafeText {
        switch severity {
        case .warning, .refusal(nil): ""
        case .refusal(let option?): "; --\(option) does it all the same"
        }
    }
}
