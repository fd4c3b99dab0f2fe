import FleetModel
import Synchronization

@testable import Gateway

/// The registry of connections in memory; a test says when it fails and what it forgets.
final class MemoryConnectionRegistration: ConnectionRegistration {
    struct Away: Error {}

    private struct State {
        var entries: [String: String] = [:]
        var calls: [String] = []
        var isAway = false
        var failures = 0
    }

    private let state = Mutex(State())

    /// User by connection.
    var entries: [String: String] { state.withLock(\.entries) }
    var calls: [String] { state.withLock(\.calls) }

    /// Calls that failed because it was away.
    var failures: Int { state.withLock(\.failures) }

    var isAway: Bool {
        get { state.withLock(\.isAway) }
        set { state.withLock { $0.isAway = newValue } }
    }

    func forget() { state.withLock { $0.entries = [:] } }

    func add(_ connections: [RegisteredConnection], of worker: WorkerID) async throws {
        try call("add") { state in for one in connections { state.entries[one.connectionID] = one.userID } }
    }

    func remove(_ connections: [RegisteredConnection], of worker: WorkerID) async throws {
        try call("remove") { state in for one in connections { state.entries[one.connectionID] = nil } }
    }

    func refresh(_ connections: [RegisteredConnection], of worker: WorkerID) async throws {
        try call("refresh") { _ in }
    }

    func sweep(_ worker: WorkerID) async throws -> Int {
        try call("sweep") { $0.entries = [:] }
        return 0
    }

    private func call(_ name: String, _ change: (inout State) -> Void) throws {
        try state.withLock { state in
            guard !state.isAway else {
                state.failures += 1
                throw Away()
            }
            state.calls.append(name)
            change(&state)
        }
    }
}
