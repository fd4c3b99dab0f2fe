import FleetModel
import Terminal

/// What the workers say of a Redis that does not answer: how long they have heard nothing, and why calls fail.
struct RedisWitnesses {
    private let snapshot: Snapshot

    /// So many different reasons are told.
    private static let maximumReasons = 2

    init(_ snapshot: Snapshot) {
        self.snapshot = snapshot
    }

    var lines: [PageLine] { health + reasons }

    private var health: [PageLine] {
        snapshot.health.findings.filter { $0.kind == .redis }.map {
            PageLine(RedisWords.workersSay($0.sentence), $0.severity.style)
        }
    }

    /// The reasons of open breakers, the most frequent first.
    private var reasons: [PageLine] {
        let counts = snapshot.rows.filter(\.isLive).reduce(into: [String: Int]()) { counts, row in
            guard let breaker = row.figures.breaker, breaker.state != .closed, let reason = breaker.reason else {
                return
            }
            counts[reason, default: 0] += 1
        }
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.prefix(Self.maximumReasons).map { reason, count in
            PageLine(RedisWords.reason(SafeText(reason), count), Style(.warning))
        }
    }
}
