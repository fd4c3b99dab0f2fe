import FleetModel

/// Something that happened, and that explains what charts show from then on.
struct ChartMark: Sendable, Equatable {
    enum Kind: Sendable, CaseIterable {
        /// In the order of what matters more where two fall into one column.
        case storm, gone, restart, operation, drain

        var severity: Severity {
            switch self {
            case .storm, .gone, .restart: .warning
            case .operation, .drain: .notice
            }
        }
    }

    let kind: Kind
    let time: UnixTime
    /// A worker, or what the operation was; of more than one the first.
    let subject: SafeText
    /// How many workers it happened to at once.
    var count = 1
}

/// The marks of the last hours, bounded.
struct ChartMarks: Sendable {
    /// The oldest first.
    private(set) var all: [ChartMark] = []
    /// Since the last tick; they belong to the column that the next one draws.
    private var pending: [ChartMark.Kind: (subject: SafeText, count: Int)] = [:]

    static let maximumMarks = 256
    /// What happens to many workers within this time is one mark.
    private static let together: Duration = .seconds(5)

    /// - Parameter before: the worker's last sample; nil where it is heard for the first time.
    mutating func note(from before: WorkerSample?, to after: WorkerSample) {
        guard let before else { return }
        if before.startedAt != after.startedAt { return add(.restart, SafeText(after.worker)) }
        if before.storm == nil, after.storm != nil { add(.storm, SafeText(after.worker)) }
        if before.drain == nil, after.drain != nil { add(.drain, SafeText(after.worker)) }
    }

    mutating func add(_ kind: ChartMark.Kind, _ subject: SafeText) {
        pending[kind, default: (subject, 0)].count += 1
    }

    mutating func tick(at now: UnixTime) {
        guard !pending.isEmpty else { return }
        for kind in ChartMark.Kind.allCases {
            guard let (subject, count) = pending[kind] else { continue }
            if let index = all.lastIndex(where: { $0.kind == kind }), all[index].time.duration(to: now) < Self.together
            {
                all[index].count += count
            } else {
                all.append(ChartMark(kind: kind, time: now, subject: subject, count: count))
            }
        }
        pending = [:]
        all.removeFirst(max(0, all.count - Self.maximumMarks))
    }

    /// What happened within `step`-long stretches, by their place before `now`'s: 0 for the current one.
    func byAge(step: Duration, until now: UnixTime) -> [Int: [ChartMark]] {
        Dictionary(grouping: all) { Int(clamping: now.slot(step) - $0.time.slot(step)) }
    }
}
