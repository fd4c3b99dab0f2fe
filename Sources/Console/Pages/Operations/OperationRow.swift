import AdminAPI
import FleetModel
import Terminal

/// An operation as a row: what, since when, how far, who leads it and what came of it.
struct OperationRow: Sendable {
    let record: OperationRecord
    /// By the workers' clocks; nil while none speaks.
    let now: UnixTime?

    var isAbandoned: Bool { record.isAbandoned(at: now) }
}

extension OperationRow: ListRow {
    var id: String { record.id }

    var words: [String] {
        [
            OperationWords.title(record.plan).text, record.plan.kind.rawValue, record.id, record.leader,
            record.reason ?? "", standing.text, course.text,
        ] + record.plan.targets.map(\.rawValue)
    }

    var severity: Severity {
        guard let outcome = record.outcome else { return isAbandoned ? .warning : .notice }
        return OperationWords.severity(outcome.status)
    }

    static var naturalOrder: NaturalOrder? { NaturalOrder(words: OperationPageWords.latest, ascends: false) }

    /// What runs first, then the latest.
    var naturalKey: Double { (record.outcome == nil ? 1e17 : 0) + Double(record.startedAt.microseconds) }

    private var style: Style { record.outcome == nil ? Style(.accent) : severity.style }

    /// "done", "running", "lease lost".
    private var standing: SafeText {
        if let outcome = record.outcome { return OperationWords.status(outcome.status) }
        if isAbandoned { return OperationWords.leaseLost }
        return record.cancel == nil
            ? OperationWords.phase(record.state.phase) : OperationWords.phase(.cancelling)
    }

    /// What came of it, or what it does right now.
    private var course: SafeText { SafeText(record.outcome?.words ?? record.state.note) }

    /// How long it took, or how long the rest takes.
    private var time: SafeText {
        if record.outcome != nil { return Figures.age(record.startedAt.duration(to: record.updatedAt)) }
        return record.remaining(at: now).map { OperationPageWords.toGo(Figures.wait($0)) } ?? ""
    }

    static var columns: [ListColumn<OperationRow>] {
        [
            .figures("started", OperationPageWords.started, .fixed(8, priority: 98)) { _ in
                Style(.dim)
            } by: {
                Double($0.record.startedAt.microseconds)
            } text: {
                SafeText($0.record.startedAt.clockText)
            },
            .words("operation", OperationPageWords.operation, LayoutPart(minimum: 14, maximum: 34, priority: 100)) {
                $0.record.outcome == nil ? Style(.accent, bold: true) : .normal
            } text: {
                OperationWords.title($0.record.plan)
            },
            .words("state", OperationPageWords.state, .fixed(12, priority: 96)) {
                $0.style
            } text: {
                $0.standing
            },
            ListColumn(
                "progress", OperationPageWords.progress, LayoutPart(minimum: 8, maximum: 16, priority: 90),
                isLeftAligned: true, cell: { row, _ in .bar(row.record.state.progress) }),
            .figures("part", "", .fixed(4, priority: 91)) {
                $0.record.state.progress
            } text: {
                Figures.percent($0.record.state.progress)
            },
            .words("leader", OperationPageWords.leader, LayoutPart(minimum: 6, maximum: 16, priority: 92)) {
                SafeText($0.record.leader)
            },
            .figures("time", OperationPageWords.time, .fixed(9, priority: 80)) {
                $0.record.startedAt.duration(to: $0.record.updatedAt).inSeconds
            } text: {
                $0.time
            },
            .words("course", OperationPageWords.course, LayoutPart(minimum: 16, maximum: 70, priority: 85)) {
                $0.severity >= .warning ? $0.style : .normal
            } text: {
                $0.course
            },
            .words("reason", OperationPageWords.reason, LayoutPart(minimum: 10, maximum: 40, priority: 60)) {
                $0.record.reason.map { SafeText($0) } ?? ""
            },
            .words("id", "ID", LayoutPart(minimum: 10, maximum: 24, priority: 40)) { _ in
                Style(.dim)
            } text: {
                SafeText($0.record.id)
            },
        ]
    }
}
