import FleetModel

/// One line of what happened.
package struct EventLine: Sendable, Equatable {
    package let time: UnixTime
    package let severity: Severity
    /// nil when the fleet or the console itself is meant.
    package let worker: WorkerID?
    package let words: SafeText
}

/// What happened since the console started, newest last, as far back as the bound allows.
package struct EventLog: Sendable {
    package private(set) var lines: [EventLine] = []
    /// Lines that were let go: what is left is counted from there on.
    private(set) var forgotten = 0

    /// Some screens full; older lines belong in a log, not in a console.
    package static let maximumLines = 200
    /// The same of more workers at once is one line, not many.
    static let separateWorkers = 3

    /// Takes in what happened at one time; what happened to many workers alike is told once, of the fleet.
    mutating func append(contentsOf more: [EventLine]) {
        for line in Self.folded(more) { append(line) }
    }

    mutating func append(_ line: EventLine) {
        lines.append(line)
        let excess = lines.count - Self.maximumLines
        guard excess > 0 else { return }
        lines.removeFirst(excess)
        forgotten += excess
    }

    private static func folded(_ lines: [EventLine]) -> [EventLine] {
        guard lines.count > separateWorkers else { return lines }
        let counts = lines.reduce(into: [SafeText: Int]()) { $0[$1.words, default: 0] += $1.worker == nil ? 0 : 1 }
        var told: Set<SafeText> = []
        return lines.compactMap { line in
            guard let count = counts[line.words], count > separateWorkers, line.worker != nil else { return line }
            guard told.insert(line.words).inserted else { return nil }
            return EventLine(
                time: line.time, severity: line.severity, worker: nil, words: EventWords.folded(line.words, count))
        }
    }
}
