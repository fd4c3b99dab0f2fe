import FleetModel

/// What a drain's plan says beside its targets, in the words of the wire: whoever takes it over reads it there.
struct DrainParameters: Sendable, Equatable {
    /// Closes a second on each worker.
    var ratePerSecond: Double?
    /// For each worker.
    var deadline: Duration?
    /// Workers that are drained at the same time.
    var parallel: Int
    /// What must stay active, in the measure of `WorkerSample.capacity`.
    var keptCapacity: Double

    private enum Key {
        static let rate = "rate_per_second"
        static let deadline = "deadline_seconds"
        static let parallel = "parallel"
        static let kept = "kept_capacity"
    }

    init(ratePerSecond: Double?, deadline: Duration?, parallel: Int, keptCapacity: Double) {
        self.ratePerSecond = ratePerSecond
        self.deadline = deadline
        self.parallel = parallel
        self.keptCapacity = keptCapacity
    }

    /// What is missing or cannot be read takes the careful value.
    init(texts: [String: String]) {
        ratePerSecond = texts[Key.rate].flatMap { Double($0) }
        let seconds = texts[Key.deadline].flatMap { Double($0) }
        deadline = seconds.flatMap { $0 > 0 && $0 <= DrainLimits.longestDeadline.inSeconds ? .seconds($0) : nil }
        parallel = max(1, texts[Key.parallel].flatMap { Int($0) } ?? 1)
        keptCapacity = texts[Key.kept].flatMap { Double($0) } ?? 0
    }

    var texts: [String: String] {
        var texts = [Key.parallel: String(parallel), Key.kept: String(keptCapacity)]
        texts[Key.rate] = ratePerSecond.map { String($0) }
        texts[Key.deadline] = deadline.map { String($0.inSeconds) }
        return texts
    }
}
