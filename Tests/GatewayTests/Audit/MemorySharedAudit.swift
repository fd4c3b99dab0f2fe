import AdminAPI
import Synchronization

@testable import Gateway

/// A shared chain in memory that can be away, and that others can write to in between.
final class MemorySharedAudit: SharedAudit {
    private struct State {
        var records: [AuditRecord] = []
        var isAway = false
    }

    struct Away: Error {}

    private let state = Mutex(State())

    var records: [AuditRecord] { state.withLock { $0.records } }

    func set(away: Bool) { state.withLock { $0.isAway = away } }

    func append(_ record: AuditRecord) async throws -> (appended: Bool, head: AuditHead) {
        try state.withLock { state in
            if state.isAway { throw Away() }
            let head = state.records.last.map { AuditHead($0, first: 1) } ?? .genesis
            guard record.sequence == head.sequence + 1, record.previousHash == head.hash else { return (false, head) }
            state.records.append(record)
            return (true, AuditHead(record, first: 1))
        }
    }

    func read(before bound: Int?, limit: Int) async throws -> (head: AuditHead, entries: [SharedAuditEntry]) {
        let records = records
        return (
            records.last.map { AuditHead($0, first: 1) } ?? .genesis,
            records.reversed().filter { $0.sequence < bound ?? .max }.prefix(limit)
                .map { SharedAuditEntry(id: "\($0.sequence)-0", record: $0) }
        )
    }
}
