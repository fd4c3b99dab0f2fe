import AdminAPI
import FleetModel
import NIOCore

/// Decides which messages a worker lets pass under the throttles of its fleet; a pure value, given the time.
///
/// A rate is held in two places. What clients publish here is held to this worker's share, the rate divided by the
/// number of workers, so that Redis and the fleet get no more than the rate, wherever clients are. What comes from
/// Redis
/// is held to the whole rate, since every worker sees the same messages: so backends that publish there are held to it
/// as well, and no client gets more.
struct ThrottleTable {
    private struct Line {
        var rule: ThrottleRule
        var endsAt: NIODeadline
        var publishing = TokenBucket()
        var delivering = TokenBucket()
        var passed: UInt64 = 0
        var hitsPublished: UInt64 = 0
        var hitsDelivered: UInt64 = 0
    }

    /// Seconds of the rate that may pass at once: few, so that the rate holds over a few seconds too, and more of what
    /// was held to its shares before, which comes in less evenly than it went out.
    private static let publishingBurst = 0.1
    private static let deliveringBurst = 0.25
    /// Rooms whose throttles are remembered; past this, they are looked up again.
    private static let maximumKnown = 4_096

    private var lines: [Line] = []
    private var known: [RoomName: [Int]] = [:]
    private(set) var workers = 1

    /// What the data plane asks first: without a throttle nothing else is done.
    var isEmpty: Bool { lines.isEmpty }

    /// Brings what holds from here on; throttles that held before keep what they counted.
    mutating func apply(_ held: [StoredThrottles.Held], workers: Int, at now: NIODeadline) {
        let before = Dictionary(lines.map { ($0.rule.pattern, $0) }) { first, _ in first }
        lines = held.filter { $0.left > .zero }.map { throttle in
            var line = before[throttle.rule.pattern] ?? Line(rule: throttle.rule, endsAt: now)
            line.rule = throttle.rule
            line.endsAt = now + TimeAmount(throttle.left)
            return line
        }
        self.workers = max(1, workers)
        known = [:]
    }

    /// - Returns: false for what a client here published and may not.
    mutating func admits(publicationIn room: RoomName, _ criticality: Criticality, at now: NIODeadline) -> Bool {
        for index in throttles(of: room) where applies(index, to: criticality, at: now) {
            let share = lines[index].rule.ratePerSecond / Double(workers)
            guard !lines[index].publishing.take(at: now, rate: share, burst: share * Self.publishingBurst) else {
                continue
            }
            lines[index].hitsPublished += 1
            return false
        }
        return true
    }

    /// - Returns: false for what came from Redis and is not to be delivered.
    mutating func admits(deliveryIn room: RoomName, _ criticality: Criticality, at now: NIODeadline) -> Bool {
        for index in throttles(of: room) where applies(index, to: criticality, at: now) {
            let rate = lines[index].rule.ratePerSecond
            guard lines[index].delivering.take(at: now, rate: rate, burst: rate * Self.deliveringBurst) else {
                lines[index].hitsDelivered += 1
                return false
            }
            lines[index].passed += 1
        }
        return true
    }

    func items(at now: NIODeadline) -> [ThrottleList.Item] {
        lines.filter { $0.endsAt > now }.map { line in
            ThrottleList.Item(
                rule: line.rule, sharePerSecond: line.rule.ratePerSecond / Double(workers), passed: line.passed,
                hitsPublished: line.hitsPublished, hitsDelivered: line.hitsDelivered)
        }.sorted { $0.rule.pattern < $1.rule.pattern }
    }

    private func applies(_ index: Int, to criticality: Criticality, at now: NIODeadline) -> Bool {
        lines[index].endsAt > now && (criticality != .critical || lines[index].rule.overridesCritical)
    }

    private mutating func throttles(of room: RoomName) -> [Int] {
        if let indices = known[room] { return indices }
        if known.count >= Self.maximumKnown { known = [:] }
        let indices = lines.indices.filter { lines[$0].rule.pattern.matches(room) }
        known[room] = indices
        return indices
    }
}
