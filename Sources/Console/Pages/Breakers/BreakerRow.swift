import AdminAPI
import FleetModel
import Terminal

/// One circuit breaker of one worker: how it stands by the worker's last sample, and how it came to.
struct BreakerRow: Sendable {
    let worker: WorkerID
    let name: SafeText
    let report: BreakerReport
    /// When the worker last told, by its own clock, as all times of its breakers are.
    let toldAt: UnixTime
    /// nil while the worker is live; else for how long it has not been heard.
    let silence: Duration?
    let past: BreakerPast

    var key: String { Self.key(worker, report.name) }

    static func key(_ worker: WorkerID, _ breaker: BreakerName) -> String { "\(worker.rawValue) \(breaker.rawValue)" }

    /// How long it has been in its state.
    var age: Duration { max(.zero, report.since.duration(to: toldAt)) }

    /// nil where nobody holds it, or no longer.
    var override: BreakerOverride? { report.override.flatMap { $0.until > toldAt ? $0 : nil } }
}

extension BreakerRow: ListRow {
    var id: String { key }

    var words: [String] {
        [
            name.text, report.name.rawValue, BreakerWords.state(report.state).text, report.reason ?? "",
            override?.by ?? "",
        ]
    }

    var severity: Severity {
        if silence != nil { return .warning }
        return switch report.state {
        case .closed: override == nil ? .fine : .notice
        case .halfOpen: .warning
        case .open: .critical
        }
    }

    static var naturalOrder: NaturalOrder? { NaturalOrder(words: WorkerTableWords.trouble, ascends: false) }

    /// Trouble first, and of that what failed most.
    var naturalKey: Double {
        let failures = min(Double(report.failuresTotal), Self.mostFailures)
        return Double(severity.rawValue) * 2 * Self.mostFailures + (override == nil ? 0 : Self.mostFailures) + failures
    }

    private static let mostFailures = 1e9

    private var style: Style {
        if silence != nil { return Style(.stale) }
        return switch report.state {
        case .closed: Style(.good)
        case .halfOpen: Style(.warning)
        case .open: Style(.critical)
        }
    }

    private var quiet: Style { silence == nil ? .normal : Style(.stale) }

    static var columns: [ListColumn<BreakerRow>] {
        [
            .words("worker", "WORKER", LayoutPart(minimum: 6, maximum: 18, priority: 100), keepsTail: true) {
                Style($0.severity.style.role, bold: true)
            } text: {
                $0.name
            },
            .words("breaker", BreakerWords.breaker, .fixed(8, priority: 98)) { _ in
                .normal
            } text: {
                SafeText($0.report.name.rawValue)
            },
            ListColumn(
                "state", BreakerWords.stateTitle, .fixed(11, priority: 96), order: .descending, isLeftAligned: true,
                by: { .number(Double($0.report.state.order)) },
                cell: { row, glyphs in
                    let mark = SafeText(String(row.report.state.glyph(glyphs)))
                    return TableCell("\(mark) \(BreakerWords.state(row.report.state))", row.style)
                }),
            .figures("since", BreakerWords.since, .fixed(5, priority: 90)) {
                $0.quiet
            } by: {
                $0.age.inSeconds
            } text: {
                Figures.age($0.age)
            },
            ListColumn(
                "history", BreakerWords.history(BreakerPast.span), .fixed(BreakerPast.cells, priority: 88),
                isLeftAligned: true, cell: { row, glyphs in row.past.cell(row, glyphs) }),
            .figures("failures", BreakerWords.failures, .fixed(8, priority: 80)) {
                $0.quiet
            } by: {
                Double($0.report.failuresTotal)
            } text: {
                Figures.grouped(Int(clamping: $0.report.failuresTotal))
            },
            .figures("refused", BreakerWords.refused, .fixed(9, priority: 78)) {
                $0.quiet
            } by: {
                Double($0.report.refusedTotal)
            } text: {
                Figures.grouped(Int(clamping: $0.report.refusedTotal))
            },
            .words("held", BreakerWords.held, LayoutPart(minimum: 12, maximum: 34, priority: 84)) { _ in
                Style(.accent)
            } text: {
                $0.hold
            },
            .words("reason", BreakerWords.reason, LayoutPart(minimum: 10, maximum: 90, priority: 60)) {
                $0.report.state == .closed ? Style(.dim) : $0.style
            } text: {
                $0.why
            },
        ]
    }

    /// "open by ana, 4 m 10 s more".
    private var hold: SafeText {
        guard let override else { return "" }
        let left = Figures.wait(toldAt.duration(to: override.until))
        return BreakerWords.hold(BreakerWords.state(override.state), SafeText(override.by), left)
    }

    private var why: SafeText {
        if let silence { return BreakerWords.unheard(Figures.span(silence)) }
        return report.reason.map { SafeText($0) } ?? ""
    }
}

extension BreakerState {
    /// The worst is the largest.
    var order: Int {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }

    func glyph(_ glyphs: Glyphs) -> Character {
        switch self {
        case .closed: glyphs.full
        case .halfOpen: glyphs.half
        case .open: glyphs.empty
        }
    }

    var style: Style {
        switch self {
        case .closed: Style(.good)
        case .halfOpen: Style(.warning)
        case .open: Style(.critical)
        }
    }
}
