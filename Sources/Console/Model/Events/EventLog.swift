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

    /// Some screens full; older lines belong in a log, not in a console.
    package static let maximumLines = 200

    mutating func append(contentsOf more: [EventLine]) {
        for line in more { append(line) }
    }

    mutating func append(_ line: EventLine) {
        lines.append(line)
        if lines.count > Self.maximumLines { lines.removeFirst(lines.count - Self.maximumLines) }
    }
}
