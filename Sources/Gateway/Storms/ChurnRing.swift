import FleetModel

/// How many connections ended in the last minute, for those who ask without keeping samples of their own.
struct ChurnRing {
    private var marks: [(time: UnixTime, closes: UInt64, planned: UInt64, connections: Int)] = []

    static let window: Duration = .seconds(60)
    /// Marks of the window at one a second, with room for a busy moment.
    private static let capacity = 64

    mutating func mark(closes: UInt64, planned: UInt64, connections: Int, at now: UnixTime) {
        marks.append((now, closes, planned, connections))
        while marks.count > 2, marks[1].time.duration(to: now) >= Self.window { marks.removeFirst() }
        if marks.count > Self.capacity { marks.removeFirst() }
    }

    /// Closes of the last minute as a part of the connections that were there to be closed; 0.05 for 5%.
    var perMinute: (all: Double, planned: Double) {
        guard let first = marks.first, let last = marks.last, last.closes > first.closes else { return (0, 0) }
        let closes = last.closes - first.closes
        let base = Double(UInt64(last.connections) + closes)
        return (Double(closes) / base, Double(last.planned - first.planned) / base)
    }
}
