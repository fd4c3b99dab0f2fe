import FleetModel

/// What was true within the last minute, from figures that are noted every few seconds.
struct RecentMinute: Sendable {
    /// A worker's figures at one moment.
    struct Mark: Sendable {
        var time: UnixTime
        var connections: Int
        var latency: LatencyHistogram
    }

    static let interval: Duration = .seconds(5)
    private static let length: Duration = .seconds(60)

    /// Oldest first.
    private var marks: [Mark] = []

    mutating func note(_ mark: Mark) {
        marks.removeAll { $0.time.duration(to: mark.time) > Self.length }
        marks.append(mark)
    }

    /// The most connections that were there at once.
    func crowd(until now: Mark) -> Int {
        recent(now).map(\.connections).max().map { max($0, now.connections) } ?? now.connections
    }

    /// The 95th percentile of message latency; nil when no message was written.
    func latencyP95(until now: Mark) -> Duration? {
        guard let first = recent(now).first else { return now.latency.quantile(0.95) }
        return now.latency.since(first.latency).quantile(0.95)
    }

    private func recent(_ now: Mark) -> ArraySlice<Mark> {
        marks.drop { $0.time.duration(to: now.time) > Self.length }
    }
}

extension RecentMinute.Mark {
    init(_ snapshot: DataPlaneSnapshot, at time: UnixTime) {
        self.init(time: time, connections: snapshot.connections, latency: snapshot.latency.merged)
    }
}
