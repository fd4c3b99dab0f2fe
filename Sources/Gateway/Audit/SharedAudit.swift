import AdminAPI

/// The audit chain that all workers of a fleet write to.
package protocol SharedAudit: Sendable {
    /// Appends a record if it continues the chain, in one atomic step.
    /// - Returns: where the chain ends, and whether that is the record.
    func append(_ record: AuditRecord) async throws -> (appended: Bool, head: AuditHead)
    /// The newest entries first, and where the chain ended at the same moment.
    /// - Parameter bound: only entries before this sequence; nil for the newest.
    func read(before bound: Int?, limit: Int) async throws -> (head: AuditHead, entries: [SharedAuditEntry])
}

/// What stands at one place of the shared chain.
package struct SharedAuditEntry: Sendable, Equatable {
    package var id: String
    /// nil for something that is no record.
    package var record: AuditRecord?

    package init(id: String, record: AuditRecord?) {
        self.id = id
        self.record = record
    }
}
