import AdminAPI

/// Writes down every act before it happens, and what came of it.
protocol AuditTrail: Sendable {
    /// - Throws: `AdminError.auditUnavailable`: what cannot be written down does not happen.
    func begin(_ mutation: Mutation, by asker: Asker, operation: String?) async throws -> AuditEntry
    func end(_ entry: AuditEntry, outcome: String, after: String?) async
    /// What cannot be written of it at once is written later: it is refused in any case.
    func denied(_ mutation: Mutation, by asker: Asker, because words: String) async
    /// The fleet's records, newest first.
    func page(before bound: Int?, limit: Int) async throws -> AuditPage
}

/// The record of an act that has begun.
struct AuditEntry: Sendable, Equatable {
    var event: AuditEvent
}
