import FleetModel

/// One worker as the table shows it: its figures, what is to be said of them, and what changed.
///
/// A class because rows are sorted, filtered and kept by the thousand, and a copy of the figures costs some thirty
/// reference counts; nothing in it ever changes.
package final class WorkerRow: Sendable {
    /// Calm figures that changed visibly since the tick before.
    struct Changes: OptionSet {
        let rawValue: Int
        static let state = Changes(rawValue: 1 << 0)
        static let connections = Changes(rawValue: 1 << 1)
        static let rooms = Changes(rawValue: 1 << 2)
        static let breaker = Changes(rawValue: 1 << 3)

        /// Connections that come and go are no news; a hundredth of them is.
        static let visiblePart = 0.01
    }

    let figures: WorkerFigures
    /// Worst first.
    package let findings: [Finding]
    let changes: Changes

    /// Columns that the name takes.
    let nameWidth: Int

    init(_ figures: WorkerFigures, at now: UnixTime, after earlier: WorkerRow?) {
        self.figures = figures
        findings = WorkerCheck(figures: figures, now: now).findings
        nameWidth = earlier?.nameWidth ?? figures.name.columnWidth
        changes = earlier.map { Self.changes(from: $0.figures, to: figures) } ?? []
    }

    package var id: WorkerID { figures.id }
    var name: SafeText { figures.name }
    var link: WorkerRecord.Link { figures.link }
    var sample: WorkerSample? { figures.sample }
    var connections: Int? { figures.heard?.value.connections }
    package var severity: Severity { findings.first?.severity ?? .fine }
    var isLive: Bool { figures.link == .live }

    var isStale: Bool {
        if case .stale = figures.link { true } else { false }
    }

    func severity(of kind: Finding.Kind) -> Severity {
        findings.lazy.filter { $0.kind == kind }.map(\.severity).max() ?? .fine
    }

    private static func changes(from earlier: WorkerFigures, to figures: WorkerFigures) -> Changes {
        guard let sample = figures.heard?.value, let before = earlier.heard?.value else { return [] }
        var changes: Changes = []
        if earlier.stateWord != figures.stateWord { changes.insert(.state) }
        if earlier.breaker?.state != figures.breaker?.state { changes.insert(.breaker) }
        if before.rooms != sample.rooms { changes.insert(.rooms) }
        let visible = max(1, Double(before.connections) * Changes.visiblePart)
        if Double(abs(sample.connections - before.connections)) >= visible { changes.insert(.connections) }
        return changes
    }
}
