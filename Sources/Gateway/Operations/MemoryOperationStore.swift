import AdminAPI
import FleetModel
import Synchronization

/// Operations of a single worker, kept in its memory: for a worker without Redis, and for tests.
package final class MemoryOperationStore: OperationStore {
    private struct State {
        var operations: [OperationRecord] = []
        var holder: (id: String, fence: Int)?
        var safety = SafetyState(engaged: false, reason: nil)
    }

    private let state = Mutex(State())

    package init() {}

    package func start(_ record: OperationRecord) async throws -> OperationRecord { throw Self.unavailable }
    package func report(_ news: OperationNews) async throws -> OperationRecord { throw Self.unavailable }
    package func cancel(_ id: String, _ order: OperationRecord.CancelOrder) async throws -> OperationRecord {
        throw Self.unavailable
    }
    package func takeOver(_ id: String, by leader: String, from origin: String) async throws -> OperationRecord {
        throw Self.unavailable
    }
    package func operation(_ id: String) async throws -> OperationRecord? {
        state.withLock { $0.operations.first { $0.id == id } }
    }
    package func operations(limit: Int) async throws -> [OperationRecord] {
        state.withLock { Array($0.operations.prefix(limit)) }
    }
    package func holder() async throws -> (id: String, fence: Int)? { state.withLock { $0.holder } }
    package func safety() async throws -> SafetyState { state.withLock { $0.safety } }
    package func set(_ safety: SafetyState) async throws { state.withLock { $0.safety = safety } }

    /// For tests: who holds the lock.
    func hold(_ id: String?, fence: Int) { state.withLock { $0.holder = id.map { ($0, fence) } } }

    private static let unavailable = AdminError(.unavailable, "this worker keeps no operations")
}
