import AdminAPI
import FleetModel
import Synchronization
import WebSocket

@testable import Gateway

/// Throttles that a fleet of one worker keeps in its own memory.
final class MemoryThrottleStore: ThrottleStore {
    private let held = Mutex<[RoomPattern: StoredThrottles.Held]>([:])

    func set(_ rule: ThrottleRule, lasting: Duration) async throws {
        held.withLock { $0[rule.pattern] = .init(rule: rule, left: lasting) }
    }

    func clear(_ pattern: RoomPattern) async throws -> Bool {
        held.withLock { $0.removeValue(forKey: pattern) } != nil
    }

    func throttles() async throws -> StoredThrottles {
        StoredThrottles(held: held.withLock { Array($0.values) }, workers: 1)
    }
}

/// What single acts are done to, made of plain values.
final class FakeActTarget: ActTarget {
    struct State {
        var table = ThrottleTable()
        var connections: [ConnectionInfo] = []
        var published: [OperatorMessage] = []
        var kicked: [String] = []
        var outcome = PublicationOutcome.published
    }

    let state = Mutex(State())
    let criticalityRules = CriticalityRules.standard

    func keep(to stored: StoredThrottles) async {
        state.withLock { $0.table.apply(stored.held, workers: stored.workers, at: .now()) }
    }

    func throttles() async -> (items: [ThrottleList.Item], workers: Int) {
        state.withLock { ($0.table.items(at: .now()), $0.table.workers) }
    }

    func roomCounts() async -> [RoomName: Int] {
        ["gov:x", "ops:a"].compactMap { RoomName($0) }.reduce(into: [:]) { $0[$1] = 2 }
    }

    func publish(_ message: OperatorMessage) async -> PublicationOutcome {
        state.withLock { state in
            state.published.append(message)
            return state.outcome
        }
    }

    func connection(_ id: String) async -> ConnectionInfo? {
        state.withLock { $0.connections.first { $0.connectionID == id } }
    }

    func kick(_ id: String, _ code: CloseCode, reason: String) async -> ConnectionInfo? {
        state.withLock { $0.kicked.append("\(id) \(code.rawValue)") }
        return await connection(id)
    }
}
