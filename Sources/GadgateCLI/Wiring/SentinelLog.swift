import AdminAPI
import Gateway
import Redis
import Synchronization

/// What Sentinels announced since the worker's start, the latest `RedisReport.maximumEvents` of it.
final class SentinelLog: Sendable {
    private let clock: SteadyClock
    private let kept = Mutex<[SentinelEvent]>([])

    init(clock: SteadyClock) {
        self.clock = clock
    }

    /// Oldest first.
    var events: [SentinelEvent] { kept.withLock { $0 } }

    func note(_ announcement: SentinelAnnouncement) {
        let event = SentinelEvent(
            at: clock.now, sentinel: "\(announcement.sentinel)", name: announcement.name, words: announcement.words)
        kept.withLock { kept in
            if kept.count == RedisReport.maximumEvents { kept.removeFirst() }
            kept.append(event)
        }
    }
}
