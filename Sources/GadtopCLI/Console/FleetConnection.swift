import AdminAPI
import AdminClient
import FleetModel

/// The console's link to its fleet, wherever that is found.
@MainActor
final class FleetConnection {
    private let watcher: FleetWatcher
    private let lookups: Task<Void, Never>?

    init(_ source: FleetSource) throws {
        switch source {
        case .directory(let path):
            watcher = try FleetWatcher(.directory(path))
            lookups = nil
        case .workers(let endpoints):
            watcher = try FleetWatcher(.list(endpoints))
            lookups = nil
        case .registry:
            let watcher = try FleetWatcher(.list([]))
            self.watcher = watcher
            // Unstructured because the main thread stays in `poll` for the console's life; `close` ends it.
            lookups = Task.detached { await Self.follow(source, for: watcher) }
        }
    }

    var readinessDescriptor: Int32 { watcher.readinessDescriptor }

    func takeEvents() -> [FleetEvent] { watcher.takeEvents() }

    func ask(_ question: ControlQuestion, of worker: WorkerID) {
        watcher.ask(question, of: worker)
    }

    func close() {
        lookups?.cancel()
        watcher.close()
    }

    /// Workers renew their entries every few seconds.
    private static let lookupInterval: Duration = .seconds(3)

    private nonisolated static func follow(_ source: FleetSource, for watcher: FleetWatcher) async {
        while !Task.isCancelled {
            do {
                watcher.replaceEndpoints(try await source.endpoints())
            } catch {
                watcher.lookupFailed((error as? CommandFailure)?.message ?? "\(error)")
            }
            // Only being cancelled ends it early, which the loop looks at.
            try? await Task.sleep(for: lookupInterval)
        }
    }
}
