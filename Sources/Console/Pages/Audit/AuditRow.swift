import AdminAPI
import FleetModel
import Terminal

/// A record of the audit as a row.
struct AuditRow: Sendable {
    let record: AuditRecord
    /// It does not fit into the chain.
    let isDoubtful: Bool

    var event: AuditEvent { record.event }
}

extension AuditRow: ListRow {
    var id: String { "\(record.sequence) \(event.id)" }

    var words: [String] {
        [
            event.identity, event.origin, event.action, event.target, event.kind.rawValue,
            AuditWords.kind(event.kind).text, event.outcome ?? "", event.reason ?? "", event.worker.rawValue,
            event.operation ?? "", event.planHash ?? "", event.role?.rawValue ?? "",
        ]
    }

    var severity: Severity {
        if isDoubtful { return .critical }
        return switch event.kind {
        case .denied: .warning
        case .outcome: hasFailed ? .warning : .fine
        case .before: .fine
        }
    }

    /// As the gateway words it.
    private var hasFailed: Bool { event.outcome?.hasPrefix("failed") ?? false }

    private var style: Style {
        switch event.kind {
        case .denied: Style(.critical)
        case .outcome: hasFailed ? Style(.warning) : .normal
        case .before: Style(.dim)
        }
    }

    static var columns: [ListColumn<AuditRow>] {
        [
            ListColumn(
                "time", AuditWords.time, .fixed(14, priority: 100), order: .descending, isLeftAligned: true,
                by: { .number(Double($0.record.sequence)) },
                cell: { row, _ in TableCell(AuditWords.stamp(row.event.time), Style(.dim)) }),
            .words("kind", AuditWords.kindTitle, .fixed(8, priority: 96)) {
                $0.style
            } text: {
                AuditWords.kind($0.event.kind)
            },
            .words("who", AuditWords.who, LayoutPart(minimum: 8, maximum: 20, priority: 98)) { _ in
                Style(.normal, bold: true)
            } text: {
                SafeText($0.event.identity)
            },
            .words("action", AuditWords.action, LayoutPart(minimum: 10, maximum: 22, priority: 95)) {
                SafeText($0.event.action)
            },
            .words("target", AuditWords.target, LayoutPart(minimum: 8, maximum: 28, priority: 94)) {
                SafeText($0.event.target)
            },
            .words("outcome", AuditWords.outcome, LayoutPart(minimum: 12, maximum: 60, priority: 92)) {
                $0.style
            } text: {
                $0.event.outcome.map { SafeText($0) } ?? ""
            },
            .words("role", AuditWords.role, .fixed(8, priority: 80)) {
                $0.event.role.map { SafeText($0.rawValue) } ?? Figures.none
            },
            .words("reason", AuditWords.reason, LayoutPart(minimum: 10, maximum: 40, priority: 78)) {
                $0.event.reason.map { SafeText($0) } ?? ""
            },
            .words("from", AuditWords.from, LayoutPart(minimum: 8, maximum: 22, priority: 70)) {
                SafeText($0.event.origin)
            },
            .words("worker", "WORKER", LayoutPart(minimum: 6, maximum: 14, priority: 60), keepsTail: true) {
                SafeText($0.event.worker)
            },
            .words("operation", AuditWords.operation, LayoutPart(minimum: 8, maximum: 20, priority: 50)) {
                $0.event.operation.map { SafeText($0) } ?? ""
            },
            .words("plan", AuditWords.plan, .fixed(8, priority: 45)) {
                $0.event.planHash.map { SafeText($0.prefix(8)) } ?? ""
            },
            .figures("sequence", AuditWords.sequence, .fixed(7, priority: 40)) {
                $0.isDoubtful ? Style(.critical) : Style(.dim)
            } by: {
                Double($0.record.sequence)
            } text: {
                "\($0.record.sequence)"
            },
        ]
    }
}
