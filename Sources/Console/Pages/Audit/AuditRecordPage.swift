import AdminAPI
import ControlPlane
import FleetModel
import Terminal

/// One record of the audit whole, and its place in the chain.
struct AuditRecordPage: ConsolePage {
    let record: AuditRecord
    /// The one before it; nil where that has not been read.
    private let previous: AuditRecord?
    private let findings: [AuditFinding]
    private var scroll = 0

    let kind = PageKind.audit
    var title: SafeText { AuditWords.record(record.sequence) }

    init(_ record: AuditRecord, after previous: AuditRecord?, findings: [AuditFinding]) {
        self.record = record
        self.previous = previous
        self.findings = findings.filter { $0.sequence == record.sequence }
    }

    mutating func perform(_ action: Action, _ context: PageContext) -> PageAnswer {
        let lines = lines(context)
        return Scrolling.move(&scroll, action, lines: lines.count, height: context.area.height - 1) ? .done : .ignored
    }

    func draw(into buffer: inout CellBuffer, in area: Rect, _ context: PageContext) {
        guard area.height > 0 else { return }
        buffer.draw(Rule(context.crumbs), in: area.line(0), glyphs: context.glyphs)
        buffer.draw(PageLines(lines(context), scroll: scroll), in: area.withoutFirstRow, glyphs: context.glyphs)
    }

    func selectionText(_ context: PageContext) -> SafeText? { SafeText(record.hash) }

    private func lines(_ context: PageContext) -> [PageLine] {
        (facts + [PageLine("")] + chain).wrapped(to: context.area.width - TableLayout.margin - 1)
    }

    private var facts: [PageLine] {
        let event = record.event
        let style = event.kind == .denied ? Style(.critical) : Style.normal
        let optional: [(SafeText, String?)] = [
            (AuditWords.reasonFact, event.reason), (AuditWords.planFact, event.planHash),
            (AuditWords.operationFact, event.operation), (AuditWords.beforeFact, event.before),
            (AuditWords.afterFact, event.after), (AuditWords.begunFact, event.begun),
        ]
        return [
            .fact(AuditWords.kindFact, AuditWords.kind(event.kind), style),
            .fact(AuditWords.outcomeFact, event.outcome.map { SafeText($0) } ?? Figures.none, style),
            .fact(AuditWords.actionFact, SafeText(event.action), Style(.normal, bold: true)),
            .fact(AuditWords.targetFact, SafeText(event.target)),
            .fact(AuditWords.whoFact, SafeText(event.identity)),
            .fact(AuditWords.fromFact, SafeText(event.origin)),
            .fact(AuditWords.roleFact, event.role.map { SafeText($0.rawValue) } ?? Figures.none),
            .fact(AuditWords.timeFact, SafeText(event.time.description)),
            .fact("worker", SafeText(event.worker)),
        ] + optional.compactMap { name, value in value.map { .fact(name, SafeText($0)) } }
            + [.fact("id", SafeText(event.id))]
    }

    private var chain: [PageLine] {
        [
            .fact(AuditWords.sequenceFact, "\(record.sequence)"),
            .fact(AuditWords.previousFact, SafeText(record.previousHash)),
            .fact(AuditWords.hashFact, SafeText(record.hash)), verdict,
        ] + findings.map { PageLine(AuditWords.finding($0), Style(.critical)) }
    }

    private var verdict: PageLine {
        guard record.contentHash == record.hash else { return PageLine(AuditWords.edited, Style(.critical)) }
        guard let previous else {
            let isFirst = record.sequence == 1 && record.previousHash == AuditHead.genesis.hash
            return isFirst ? PageLine(AuditWords.first, Style(.good)) : PageLine(AuditWords.ownOnly, Style(.good))
        }
        return previous.hash == record.previousHash
            ? PageLine(AuditWords.verified(previous.sequence), Style(.good))
            : PageLine(AuditWords.apart(previous.sequence), Style(.critical))
    }
}
