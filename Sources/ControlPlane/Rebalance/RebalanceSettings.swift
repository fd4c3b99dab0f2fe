import FleetModel

/// What a rebalance was told, with everything decided: it travels in the plan's parameters, so that whoever takes the
/// operation over goes on by the same.
package struct RebalanceSettings: Sendable, Equatable {
    /// Workers that take part, by name.
    package var workers: [WorkerID]
    package var tolerance: Double
    /// Over all workers.
    package var ratePerSecond: Double
    package var rooms: RoomPattern?
    package var deadline: Duration
    package var maximumLatency: Duration?
    package var maximumErrorsPerSecond: Double?
    /// More clients than this are never told to leave.
    package var moves: Int

    init(
        workers: [WorkerID], moves: Int, ratePerSecond: Double, deadline: Duration, _ options: RebalanceOptions
    ) {
        self.workers = workers
        self.moves = moves
        self.ratePerSecond = ratePerSecond
        self.deadline = deadline
        tolerance = options.tolerance
        rooms = options.rooms
        maximumLatency = options.maximumLatency
        maximumErrorsPerSecond = options.maximumErrorsPerSecond
    }
}

extension RebalanceSettings {
    var parameters: [String: String] {
        var words = [
            "workers": workers.map(\.rawValue).joined(separator: " "), "moves": "\(moves)",
            "tolerance": "\(tolerance)", "rate_per_second": "\(ratePerSecond)",
            "deadline_seconds": "\(deadline.inSeconds)",
        ]
        words["rooms"] = rooms?.description
        words["max_p99_seconds"] = maximumLatency.map { "\($0.inSeconds)" }
        words["max_errors_per_second"] = maximumErrorsPerSecond.map { "\($0)" }
        return words
    }

    /// - Returns: nil when they are not those of a rebalance.
    init?(parameters: [String: String]) {
        guard let workers = parameters["workers"], let moves = parameters["moves"].flatMap({ Int($0) }),
            let tolerance = parameters.number("tolerance"), let rate = parameters.number("rate_per_second"),
            let deadline = parameters.number("deadline_seconds")
        else { return nil }
        self.workers = workers.split(separator: " ").map { WorkerID(String($0)) }
        self.moves = moves
        self.tolerance = tolerance
        ratePerSecond = rate
        self.deadline = .seconds(deadline)
        rooms = parameters["rooms"].flatMap { RoomPattern($0) }
        maximumLatency = parameters.number("max_p99_seconds").map { .seconds($0) }
        maximumErrorsPerSecond = parameters.number("max_errors_per_second")
    }
}

extension [String: String] {
    fileprivate func number(_ name: String) -> Double? { self[name].flatMap { Double($0) } }
}
