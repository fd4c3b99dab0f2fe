import FleetModel

/// `GET /v1/audit`: the fleet's chain, newest first, and how the worker that was asked can write to it.
package struct AuditPage: Sendable, Equatable, Codable {
    package var worker: WorkerID
    package var items: [AuditRecord]
    /// Where the chain ends, as Redis has it.
    package var head: AuditHead
    /// Entries of the stream that hold no record.
    package var unreadable: [String]
    /// Ask again with it for older records; nil at the end.
    package var nextCursor: String?
    package var trail: AuditTrailState

    package init(
        worker: WorkerID, items: [AuditRecord], head: AuditHead, unreadable: [String], nextCursor: String?,
        trail: AuditTrailState
    ) {
        self.worker = worker
        self.items = items
        self.head = head
        self.unreadable = unreadable
        self.nextCursor = nextCursor
        self.trail = trail
    }

    private enum CodingKeys: String, CodingKey {
        case worker, items, head, unreadable, trail
        case nextCursor = "next_cursor"
    }
}

/// How a worker's own record stands.
package struct AuditTrailState: Sendable, Equatable, Codable {
    /// The path of its file.
    package var file: String
    /// Records in the file's chain so far.
    package var sequence: Int
    /// Why the file cannot be written; nil while it can.
    package var fault: String?
    /// Records that wait for Redis.
    package var waiting: Int

    package init(file: String, sequence: Int, fault: String?, waiting: Int) {
        self.file = file
        self.sequence = sequence
        self.fault = fault
        self.waiting = waiting
    }
}
