import AdminAPI
import FleetModel

/// What was asked of workers beyond their samples, and what came of it: the last answer to each question.
package struct AnswerBook: Sendable {
    private struct Entry {
        var askedAt: UnixTime?
        var answer: FleetAnswer?
        /// Grows with each use, so that the one that is out of use longest can be let go.
        var usedAt = 0
    }

    private var entries: [FleetQuery: Entry] = [:]
    private var uses = 0

    /// Questions whose answers are kept: some pages of each view. Older ones are asked again when they are wanted.
    package static let maximumEntries = 64
    /// An answer that has not come by then will not: the question may be asked again.
    static let longestWait: Duration = .seconds(10)
    /// Ticks come a little early and a little late.
    private static let tickSlack: Duration = .milliseconds(300)

    package subscript(query: FleetQuery) -> FleetAnswer? { entries[query]?.answer }

    /// Asked and not answered yet.
    package func isAwaited(_ query: FleetQuery) -> Bool {
        guard let entry = entries[query], let askedAt = entry.askedAt else { return false }
        return entry.answer.map { $0.at < askedAt } ?? true
    }

    /// - Parameter interval: how old an answer may be; nil for one that is never asked for again by itself.
    /// - Returns: whether it is to be asked now; it is then noted as asked.
    mutating func ask(_ query: FleetQuery, every interval: Duration?, at now: UnixTime) -> Bool {
        let entry = entries[query]
        // A clock that was set back must not silence a question until it is as late again.
        if let askedAt = entry?.askedAt, askedAt <= now {
            if isAwaited(query) {
                guard askedAt.duration(to: now) >= Self.longestWait else { return false }
            } else {
                guard let interval, askedAt.duration(to: now) >= interval - Self.tickSlack else { return false }
            }
        }
        change(query) { $0.askedAt = now }
        return true
    }

    /// Has a question asked again as soon as it is wanted.
    mutating func forget(_ query: FleetQuery) { entries[query] = nil }

    mutating func hear(_ answer: FleetAnswer) {
        change(answer.query) { $0.answer = answer }
    }

    private mutating func change(_ query: FleetQuery, _ change: (inout Entry) -> Void) {
        uses += 1
        change(&entries[query, default: Entry()])
        entries[query]?.usedAt = uses
        guard entries.count > Self.maximumEntries, let oldest = entries.min(by: { $0.value.usedAt < $1.value.usedAt })
        else { return }
        entries[oldest.key] = nil
    }
}
