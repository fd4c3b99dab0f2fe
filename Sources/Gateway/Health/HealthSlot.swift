import NIOCore
import Synchronization

/// Holds the health routes of a worker, which exist only after the data plane that serves them.
final class HealthSlot: Sendable {
    private let routes = Mutex<HealthRoutes?>(nil)

    func open(_ routes: HealthRoutes) {
        self.routes.withLock { $0 = routes }
    }

    func answer(_ path: String) async -> PlainResponse? {
        await routes.withLock { $0 }?.answer(path)
    }
}
