import FleetModel
import Terminal

/// How a breaker stood over the last minutes, as a strip of marks.
struct BreakerPast: Sendable {
    /// Oldest first; nil until the worker has told.
    let transitions: [BreakerTransition]?
    /// Before that there was no breaker.
    let startedAt: UnixTime

    static let cells = 20
    static let step: Duration = .seconds(15)
    static let span: Duration = step * cells

    /// The worst state in each step, the latest last; nil for a step of which nothing is known.
    func states(of row: BreakerRow) -> [BreakerState?] {
        let changes = changes(of: row)
        let start = row.toldAt.advanced(by: .zero - Self.span)
        return (0..<Self.cells).map { cell in
            let from = start.advanced(by: Self.step * cell)
            return worst(from: from, to: from.advanced(by: Self.step), changes)
        }
    }

    private func worst(
        from start: UnixTime, to end: UnixTime, _ changes: [(time: UnixTime, state: BreakerState?)]
    ) -> BreakerState? {
        let before = changes.last { $0.time <= start }?.state
        let within = changes.filter { $0.time > start && $0.time < end }.compactMap(\.state)
        return ([before].compactMap { $0 } + within).max { $0.order < $1.order }
    }

    /// What it went into and when, as far as that is known: the sample is newer than the history.
    private func changes(of row: BreakerRow) -> [(time: UnixTime, state: BreakerState?)] {
        let told = (transitions ?? []).map { (time: $0.time, state: Optional($0.state)) }
        let now = (time: row.report.since, state: Optional(row.report.state))
        let known = told.last.map { $0.time >= row.report.since } ?? false ? told : told + [now]
        // A breaker begins closed: what opened first was closed before.
        let first = known.first
        guard transitions != nil, first?.state == .open, let first, startedAt < first.time else { return known }
        return [(time: startedAt, state: .closed)] + known
    }

    func cell(_ row: BreakerRow, _ glyphs: Glyphs) -> TableCell {
        let states = states(of: row)
        let marks = String(states.map { $0?.glyph(glyphs) ?? glyphs.barRest })
        let worst = states.compactMap { $0 }.max { $0.order < $1.order }
        return TableCell(SafeText(marks), row.silence == nil ? worst?.style ?? Style(.dim) : Style(.stale))
    }
}
