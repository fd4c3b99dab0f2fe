import NIOCore
import Synchronization

/// What can be seen of one loop from any thread, while the loop is too busy to be asked: how late it is.
final class LoopPulse: Sendable {
    private let interval: TimeAmount
    /// Uptime in nanoseconds; 0 while the loop does not beat.
    private let lastBeat = Atomic<UInt64>(0)
    /// In nanoseconds, since it was last taken.
    private let worstLag = Atomic<Int64>(0)

    /// - Parameter interval: between two beats of a loop that has time.
    init(interval: TimeAmount) {
        self.interval = interval
    }

    /// Called by the loop every interval.
    func beat(at now: NIODeadline) {
        let last = lastBeat.exchange(now.uptimeNanoseconds, ordering: .relaxed)
        if last > 0 { worstLag.max(lag(since: last, at: now), ordering: .relaxed) }
    }

    /// No beat is missed from here on.
    func stop() { lastBeat.store(0, ordering: .relaxed) }

    /// The worst delay since the call before, the one that is under way included.
    func takeLag(at now: NIODeadline) -> TimeAmount {
        let last = lastBeat.load(ordering: .relaxed)
        let current = last > 0 ? lag(since: last, at: now) : 0
        return .nanoseconds(max(0, current, worstLag.exchange(0, ordering: .relaxed)))
    }

    private func lag(since last: UInt64, at now: NIODeadline) -> Int64 {
        Int64(clamping: now.uptimeNanoseconds) - Int64(clamping: last) - interval.nanoseconds
    }
}
