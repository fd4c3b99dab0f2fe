import AdminAPI
import FleetModel
import Synchronization

@testable import Gateway

/// An audit that remembers what it was told, in words, and can refuse to.
final class MemoryAudit: AuditTrail {
    private struct State {
        var lines: [String] = []
        var isAway = false
    }

    private let state = Mutex(State())

    var lines: [String] { state.withLock { $0.lines } }

    func goAway() { state.withLock { $0.isAway = true } }

    func begin(_ mutation: Mutation, by asker: Asker, operation: String?) async throws -> AuditEntry {
        if state.withLock({ $0.isAway }) { throw AdminError(.auditUnavailable, "the audit is away") }
        note("before \(mutation.action) \(mutation.target) by \(asker.name) for \(operation ?? "-")")
        return AuditEntry(
            event: AuditEvent(
                id: "1", time: UnixTime(microseconds: 0), kind: .before, worker: WorkerID("gw-w1"),
                identity: asker.name, origin: asker.origin, role: asker.role, action: mutation.action,
                target: mutation.target))
    }

    func end(_ entry: AuditEntry, outcome: String, after: String?) async {
        note("outcome \(entry.event.action) \(outcome) \(after ?? "-")")
    }

    func denied(_ mutation: Mutation, by asker: Asker, because words: String) async {
        note("denied \(mutation.action) by \(asker.name): \(words)")
    }

    func page(before bound: Int?, limit: Int) async throws -> AuditPage {
        AuditPage(
            worker: WorkerID("gw-w1"), items: [], head: .genesis, unreadable: [], nextCursor: nil,
            trail: AuditTrailState(file: "memory", sequence: 0, fault: nil, waiting: 0))
    }

    private func note(_ line: String) { state.withLock { $0.lines.append(line) } }
}
