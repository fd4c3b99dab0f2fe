import AdminAPI

/// How many connections are asked for at a time, how often, and how many are kept.
enum ConnectionPaging {
    /// Of one worker alone a whole screen is wanted whatever its size. No other question has this limit, so that the
    /// answers of one worker are never taken for those of all.
    static let ofOne = 200
    /// A page after the first one, of one worker at a time.
    static let further = PageLimit.standard
    /// Rows that are kept: nobody reads more, and what is looked for is found by room, user or role.
    static let mostRows = 5_000
    /// How much each of so many workers gives at first; a fleet of a thousand then gives some thousand rows.
    private static let shares = [(workers: 20, limit: 100), (workers: 100, limit: 25), (workers: 400, limit: 8)]
    private static let leastShare = 3
    private static let interval: Duration = .seconds(5)
    private static let workersPerInterval = 200

    static func limit(workers: Int) -> Int { shares.first { workers <= $0.workers }?.limit ?? leastShare }

    static func interval(workers: Int) -> Duration { interval * (1 + max(0, workers - 1) / workersPerInterval) }
}
