import FleetModel

/// How many clients that left are still to come back. Who does not come back within a window of time is taken to be
/// gone for good.
struct ReturnWatch: Sendable, Equatable {
    private struct Departure: Sendable, Equatable {
        var time: UnixTime
        var clients: Double
    }

    /// Those who are away, the first who left first.
    private var away: [Departure] = []
    /// What all workers would have together if everybody was back.
    private var whole = 0.0
    private var left = 0.0

    /// Clients wait a moment of their own before they connect again, and longer where the first try fails.
    static let window: Duration = .seconds(15)

    /// - Parameters:
    ///   - load: of all workers together.
    ///   - left: those who left so far because they were told to.
    /// - Returns: how many are on their way.
    mutating func absent(load: Double, left: Double, at now: UnixTime) -> Double {
        if left > self.left { away.append(Departure(time: now, clients: left - self.left)) }
        self.left = max(left, self.left)
        let missing = max(0, whole - load)
        if total > missing {
            take(total - missing)
        } else {
            // Others left by themselves, and nobody waits for them.
            whole = load + total
        }
        expire(at: now)
        whole = max(whole, load)
        return total
    }

    private var total: Double { away.reduce(0) { $0 + $1.clients } }

    /// So many are back: those, it is supposed, who left first.
    private mutating func take(_ count: Double) {
        var rest = count
        while rest > 0, let first = away.first {
            guard first.clients > rest else {
                rest -= first.clients
                away.removeFirst()
                continue
            }
            away[0].clients -= rest
            return
        }
    }

    private mutating func expire(at now: UnixTime) {
        while let first = away.first, first.time.duration(to: now) >= Self.window {
            whole -= first.clients
            away.removeFirst()
        }
    }
}
