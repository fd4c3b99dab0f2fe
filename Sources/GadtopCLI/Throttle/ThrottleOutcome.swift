import AdminAPI
import AdminClient
import FleetModel

/// Whether every worker keeps to a throttle that was set or cleared: looked at until it is so, or for a few seconds.
struct ThrottleOutcome {
    private let pattern: RoomPattern
    /// nil where it was cleared.
    private let rate: Double?
    private let holding: [WorkerID]
    private let others: [WorkerID]

    /// Workers ask every second.
    private static let patience: Duration = .seconds(5)
    private static let interval: Duration = .milliseconds(250)

    init(_ fleet: ActFleet, _ pattern: RoomPattern, rate: Double?, silent: [WorkerID]) async throws {
        self.pattern = pattern
        self.rate = rate
        let end = ContinuousClock.now + Self.patience
        var state = try await Self.look(fleet, pattern, rate)
        while !Set(state.others).isSubset(of: silent), ContinuousClock.now < end {
            try await Task.sleep(for: Self.interval)
            state = try await Self.look(fleet, pattern, rate)
        }
        (holding, others) = state
    }

    private static func look(
        _ fleet: ActFleet, _ pattern: RoomPattern, _ rate: Double?
    ) async throws -> (holding: [WorkerID], others: [WorkerID]) {
        let (answers, silent): ([(worker: WorkerID, value: ThrottleList)], [WorkerID]) = try await fleet.all(.throttles)
        let holding = answers.filter { answer in
            answer.value.items.first { $0.rule.pattern == pattern }?.rule.ratePerSecond == rate
        }.map(\.worker)
        return (holding, answers.map(\.worker).filter { !holding.contains($0) } + silent)
    }

    /// - Throws: `CommandFailure` of status 3 unless every worker keeps to it.
    func tell(as format: OutcomeFormat) throws {
        switch format {
        case .text: Print.output(line)
        case .json:
            Print.output(
                OutputRecord(fields: [
                    ("operation", .text("throttle")), ("outcome", .text(others.isEmpty ? "done" : "partly_done")),
                    ("pattern", .text(SafeText(pattern))), ("rate_per_second", rate.map { .number($0) } ?? .none),
                    ("workers", .list(holding.map { .worker($0) })), ("others", .list(others.map { .worker($0) })),
                ]).json)
        }
        if let shortfall { throw shortfall }
    }

    var line: String {
        let (count, all) = (Figures.exact(holding.count), Figures.exact(holding.count + others.count))
        let what = rate == nil ? "is throttled no more on" : "is throttled on"
        return "\(SafeText(pattern)) \(what) \(count) of \(all) workers"
    }

    /// What is missing from a whole success.
    var shortfall: CommandFailure? {
        guard !others.isEmpty else { return nil }
        let names = others.map { SafeText($0).text }.joined(separator: ", ")
        return CommandFailure(.partlyDone, "not yet heard of it, or not answering: \(names)")
    }
}
