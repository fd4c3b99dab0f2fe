import AdminAPI
import Gateway
import Redis

/// The audit chain in Redis as the one that all workers write to.
struct RedisSharedAudit: SharedAudit {
    private let stream: AuditStream

    /// - Parameter client: started already.
    init(client: RedisClient) {
        stream = AuditStream(client: client)
    }

    func append(_ record: AuditRecord) async throws -> (appended: Bool, head: AuditHead) {
        let answer = try await stream.append(
            try AdminJSON.encode(record), sequence: record.sequence, hash: record.hash, previous: record.previousHash)
        return (answer.appended, AuditHead(answer.head))
    }

    func read(before bound: Int?, limit: Int) async throws -> (head: AuditHead, entries: [SharedAuditEntry]) {
        let (head, entries) = try await stream.read(before: bound, limit: limit)
        return (
            head.map { AuditHead($0) } ?? .genesis,
            entries.map { entry in
                // What cannot be read is shown as that.
                SharedAuditEntry(id: entry.id, record: try? AdminJSON.decode(AuditRecord.self, from: entry.record))
            }
        )
    }
}

extension AuditHead {
    fileprivate init(_ head: AuditStream.Head) {
        self.init(sequence: head.sequence, hash: head.hash, first: head.first)
    }
}
