import LoadGenerator
import Synchronization

/// Makes a line of progress from each state of the run and the one before, a second earlier.
final class ProgressMeter: Sendable {
    private let asked: Int
    private let last = Mutex<(published: UInt64, deliveries: UInt64)>((0, 0))

    init(asked: Int) {
        self.asked = asked
    }

    func line(_ progress: RunProgress) -> String {
        let (published, deliveries) = last.withLock { last in
            defer { last = (progress.published, progress.clients.deliveries) }
            return (progress.published - last.published, progress.clients.deliveries - last.deliveries)
        }
        let failures = progress.clients.failures
        return "\(progress.clients.subscribed)/\(asked) connected, \(published)/s published, \(deliveries)/s delivered"
            + (failures > 0 ? ", \(failures) failures" : "")
    }
}
