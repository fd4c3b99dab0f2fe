import NIOCore

/// The fleet's audit chain in Redis: the stream `gad:audit`, and `gad:audit:head` that says where it ends.
package struct AuditStream: Sendable {
    /// Where a chain ends.
    package struct Head: Sendable, Equatable {
        package var sequence: Int
        package var hash: String
        package var first: Int
    }

    /// An entry as it is kept.
    package struct Entry: Sendable, Equatable {
        package var id: String
        package var record: [UInt8]
    }

    private let client: RedisClient

    /// Some years of a fleet's operations; about 35 MB at the most.
    package static let maximumLength = 50_000
    static let key = "gad:audit"
    static let headKey = "gad:audit:head"

    package init(client: RedisClient) {
        self.client = client
    }

    /// Appends a record if it continues the chain.
    /// - Returns: where the chain ends, and whether that is the record.
    package func append(
        _ record: [UInt8], sequence: Int, hash: String, previous: String
    ) async throws -> (appended: Bool, head: Head) {
        let reply = try await client.send(
            "EVAL", .text(Self.script), "2", .text(Self.key), .text(Self.headKey), .text(previous),
            .integer(Int64(sequence)), .text(hash), .bytes(ByteBuffer(bytes: record)),
            .integer(Int64(Self.maximumLength)))
        guard let values = reply.array, values.count == 4, let appended = values[0].integer,
            let at = values[1].integer, let hash = values[2].text, let first = values[3].integer
        else { throw RedisError.unexpectedReply(to: "audit.lua") }
        return (appended == 1, Head(sequence: Int(at), hash: hash, first: Int(first)))
    }

    /// The newest entries first, and where the chain ended at the same moment; no head where there is no chain.
    /// - Parameter bound: only entries before this sequence; nil for the newest.
    package func read(before bound: Int?, limit: Int) async throws -> (head: Head?, entries: [Entry]) {
        let newest = bound.map { "(\($0)-0" } ?? "+"
        // In one transaction, so that no append comes between.
        let replies = try await client.send(pipeline: [
            RESPCommand("MULTI"),
            RESPCommand("HMGET", [Self.headKey, "sequence", "hash", "first"]),
            RESPCommand("XREVRANGE", [Self.key, newest, "-", "COUNT", String(limit)]),
            RESPCommand("EXEC"),
        ])
        guard let results = replies.last?.array, results.count == 2, let entries = results[1].array else {
            throw RedisError.unexpectedReply(to: "a read of the audit chain")
        }
        return (Head(results[0].array ?? []), entries.compactMap(Entry.init))
    }

    private static let script = String(decoding: PackageResources.audit_lua, as: UTF8.self)
}

extension AuditStream.Entry {
    fileprivate init?(_ value: RESPValue) {
        guard let parts = value.array, parts.count == 2, let id = parts[0].text else { return nil }
        guard let fields = parts[1].array, fields.count >= 2, case .bulk(let bytes) = fields[1] else {
            self.init(id: id, record: [])
            return
        }
        self.init(id: id, record: Array(bytes.readableBytesView))
    }
}

extension AuditStream.Head {
    fileprivate init?(_ values: [RESPValue]) {
        guard values.count == 3, let sequence = values[0].text.flatMap({ Int($0) }), let hash = values[1].text
        else { return nil }
        self.init(sequence: sequence, hash: hash, first: values[2].text.flatMap { Int($0) } ?? 1)
    }
}
