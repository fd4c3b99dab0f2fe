import AdminAPI
import FleetModel

/// Where the operator is in the rooms of all workers by name, read page by page.
struct RoomWalk: Sendable, Equatable {
    /// nil for all rooms.
    private(set) var pattern: RoomPattern?
    /// The room before each page that was gone through, the page that is looked at last; nil for the first page.
    private(set) var trail: [RoomName?] = [nil]
    private var dropped = 0

    /// A hundred thousand rooms are some thousand pages; what lies further back is found again from the first.
    static let longestTrail = 4_096

    var after: RoomName? { trail.last ?? nil }
    var number: Int { dropped + trail.count }

    /// Begins anew where the pattern is another one.
    mutating func look(for pattern: RoomPattern?) {
        guard pattern != self.pattern else { return }
        self = RoomWalk()
        self.pattern = pattern
    }

    mutating func goOn(after room: RoomName) {
        trail.append(room)
        guard trail.count > Self.longestTrail else { return }
        // The first page stays, as the way back to the start.
        trail.remove(at: 1)
        dropped += 1
    }

    /// - Returns: false on the first page.
    mutating func goBack() -> Bool {
        guard trail.count > 1 else { return false }
        trail.removeLast()
        if trail.count == 1 { dropped = 0 }
        return true
    }
}

extension RoomWalk {
    /// The page that is looked at, as every worker is asked for its part.
    func query(workers: Int) -> RoomQuery {
        RoomQuery(pattern: pattern, order: .name, after: after, limit: RoomPaging.limit(workers: workers))
    }

    /// What is typed as the filter is meant for the workers where it can be: the beginning of a name, or a pattern.
    /// - Returns: nil for what only the console can look for, such as an alternative.
    static func pattern(in text: String) -> RoomPattern? {
        RoomPattern(text.contains("*") ? text : text + "*")
    }
}

/// How much of the list of rooms is asked for at a time.
enum RoomPaging {
    /// Up to here every worker gives as much as fills the largest screen; of more workers each gives less, so that a
    /// page of a thousand of them stays within some ten thousand lines.
    private static let fewWorkers = 64
    private static let ofMany = 40
    /// The page is read again so often, times as many workers there are for each of these.
    private static let interval: Duration = .seconds(5)
    private static let workersPerInterval = 200
    /// Rows of one page; workers that hold different rooms would make it longer.
    static let mostRows = 500

    static func limit(workers: Int) -> Int { workers <= fewWorkers ? PageLimit.standard : ofMany }

    static func interval(workers: Int) -> Duration { interval * (1 + max(0, workers - 1) / workersPerInterval) }
}
