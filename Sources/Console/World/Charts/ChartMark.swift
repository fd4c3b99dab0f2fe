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
struct ChartMarks: Sendable, Equatable {
    /// The oldest first.
    private(set) var all: [ChartMark] = []

    static let maximumMarks = 256
    /// What happens to many workers within this time is one mark.
    private static let together: Duration = .seconds(5)

    /// - Parameter before: the worker's last sample; nil where it is heard for the first time.
    mutating func note(from before: WorkerSample?, to after: WorkerSample, at now: UnixTime) {
        guard let before else { return }
        if before.startedAt != after.startedAt { return add(.restart, SafeText(after.worker), at: now) }
        if before.storm == nil, after.storm != nil { add(.storm, SafeText(after.worker), at: now) }
        if before.drain == nil, after.drain != nil { add(.drain, SafeText(after.worker), at: now) }
    }

    mutating func add(_ kind: ChartMark.Kind, _ subject: SafeText, at now: UnixTime) {
        if let index = all.lastIndex(where: { $0.kind == kind }), all[index].time.duration(to: now) < Self.together {
            all[index].count += 1
            return
        }
        all.append(ChartMark(kind: kind, time: now, subject: subject))
        if all.count > Self.maximumMarks { all.removeFirst() }
    }

    /// What happened within `step`-long stretches, by their place before `now`'s: 0 for the current one.
    func byAge(step: Duration, until now: UnixTime) -> [Int: [ChartMark]] {
        Dictionary(grouping: all) { Int(clamping: now.slot(step) - $0.time.slot(step)) }
    }
}
